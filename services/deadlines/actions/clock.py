"""The clock of a limit stands still, runs again, or is given more time."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.rows import Record
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.calendars.periods import Length, Unit
from members.models import Organization
from services.deadlines.actions.rows import change, live, outdate_moves, recounted
from services.deadlines.counting import days_between
from services.deadlines.models import Deadline, DeadlineState, Extension, Pause
from services.deadlines.rules import law, rule_on


@action
def suspend(
    subject: Record,
    rule: str,
    *,
    actor: Actor,
    on: date,
    reason: str,
    paper: str = "",
    owed_by: Organization | None = None,
) -> list[Deadline]:
    """The open limits of `rule` stop: `on` is the first day that does not count.

    `paper` names the decision. Raises RuleBroken (field on) "pause_early" where the clock
    had not begun or an earlier pause had not ended, "pause_late" where the limit is over,
    "not_paused" for one before an event or of a calendar period.
    """
    stopped = [row for row in live(subject, rule, owed_by) if row.state == DeadlineState.OPEN]
    for deadline in stopped:
        _check_pause(deadline, on)
        keep_length(deadline)
        deadline.state = DeadlineState.SUSPENDED
        deadline.store()
        outdate_moves(deadline)
        Pause.objects.create(
            deadline=deadline, first_on=on, reason=reason[:200], paper=paper[:200]
        )
        record(
            actor,
            "deadlines.deadline.suspended",
            deadline,
            on=str(on),
            reason=reason,
            paper=paper,
        )
    return stopped


@action
def resume(
    subject: Record, rule: str, *, actor: Actor, on: date, owed_by: Organization | None = None
) -> list[Deadline]:
    """The clock runs again: `on` is the first day that counts, the day before the last paused.

    An extension to a day that was granted before is longer by the paused days. Raises
    RuleBroken "resume_early" (field on) for a day before the pause began.
    """
    rows = [row for row in live(subject, rule, owed_by) if row.state == DeadlineState.SUSPENDED]
    for deadline in rows:
        pause = deadline.pauses.get(last_on=None)
        if on < pause.first_on:
            message = _("The limit was suspended on %(day)s; it cannot resume before that.")
            raise RuleBroken("resume_early", message % {"day": pause.first_on}, "on")
        _end_pause(pause, on)
        _keep_extended(deadline, pause)
        keep_length(deadline)
        deadline.state = DeadlineState.OPEN
        change(deadline, actor, recounted(deadline), verb="deadlines.deadline.resumed", on=on)
    return rows


@action
def extend(
    subject: Record,
    rule: str,
    *,
    actor: Actor,
    by: Length | date,
    reason: str,
    paper: str = "",
    owed_by: Organization | None = None,
) -> list[Deadline]:
    """Give the open limits of `rule` more time: a length from the nominal end, or a new day.

    Raises RuleBroken (field until) "extension_earlier" for a day that is not later,
    "not_extended" for a limit before an event, which moves with the event.
    """
    rows = list(live(subject, rule, owed_by))
    for deadline in rows:
        _check_extension(deadline, by)
        keep_length(deadline)
        _note_extension(deadline, by, reason, paper)
        change(
            deadline,
            actor,
            recounted(deadline),
            verb="deadlines.deadline.extended",
            reason=reason,
            paper=paper,
        )
    return rows


def keep_length(deadline: Deadline) -> None:
    """A day set by hand becomes a length, so that what follows can be counted from it."""
    if deadline.length is None:
        deadline.length = days_between(deadline.trigger_on, deadline.nominal_on)
        deadline.own_length = True


def _check_pause(deadline: Deadline, on: date) -> None:
    if deadline.before or _of_a_period(deadline):
        message = _("A limit before an event or of a calendar period has no pauses.")
        raise RuleBroken("not_paused", message, "on")
    if on <= deadline.trigger_on:
        message = _("The limit began on %(day)s; it cannot be suspended before it ran.")
        raise RuleBroken("pause_early", message % {"day": deadline.trigger_on}, "on")
    if earlier := deadline.pauses.filter(last_on__gte=on).first():
        message = _("The limit was suspended until %(day)s already.") % {"day": earlier.last_on}
        raise RuleBroken("pause_early", message, "on")
    if on > deadline.due_on:
        message = _("The limit was over on %(day)s; it cannot be suspended after that.")
        raise RuleBroken("pause_late", message % {"day": deadline.due_on}, "on")


def _of_a_period(deadline: Deadline) -> bool:
    rule = rule_on(deadline.rule, deadline.trigger_on) if deadline.rule in law() else None
    return rule is not None and bool(rule.until)


def _check_extension(deadline: Deadline, by: Length | date) -> None:
    if deadline.before or deadline.nominal_on <= deadline.trigger_on:
        message = _("A limit before an event moves with the event; it cannot be extended.")
        raise RuleBroken("not_extended", message, "until")
    if isinstance(by, date) and by <= deadline.due_on:
        message = _("An extension must reach beyond %(day)s.") % {"day": deadline.due_on}
        raise RuleBroken("extension_earlier", message, "until")


def _keep_extended(deadline: Deadline, pause: Pause) -> None:
    """The days of a pause after an extension to a day are not lost: the day names no length
    that the pause could hold up."""
    last = deadline.extensions.last()
    if last is None or last.until_on is None or pause.last_on is None:
        return
    lost = (min(pause.last_on, last.until_on) - pause.first_on).days + 1
    if lost > 0:
        _note_extension(deadline, Length(lost, Unit.DAYS), pause.reason, pause.paper)


def _end_pause(pause: Pause, on: date) -> None:
    """A pause that ends on the day on which it began was none."""
    if on == pause.first_on:
        pause.delete()
        return
    pause.last_on = on - timedelta(days=1)
    pause.full_clean(exclude=["deadline"])
    pause.save()


def _note_extension(deadline: Deadline, by: Length | date, reason: str, paper: str) -> None:
    extension = Extension(deadline=deadline, reason=reason[:200], paper=paper[:200])
    if isinstance(by, Length):
        extension.length_n, extension.length_unit = by.n, str(by.unit)
        other = "until_on"
    else:
        extension.until_on = by
        other = "length_n"
    extension.full_clean(exclude=["deadline", other])
    extension.save()

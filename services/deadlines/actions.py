"""The only writers of deadlines; each is called inside the action of the subject.

The subject's action has asked its own policy; a deadline has no permission of its own.
"""

from collections.abc import Sequence
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from foundations.access.rows import Record
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from mechanisms.models import Provision
from members.models import Jurisdiction, Organization, User
from services.deadlines.models import Deadline, DeadlineState

LIVE = (DeadlineState.OPEN, DeadlineState.SUSPENDED)


@action
def open_deadline(
    subject: Record,
    rule: str,
    *,
    actor: Actor,
    title: str,
    jurisdiction: Jurisdiction,
    owed_by: Organization,
    trigger_on: date,
    due_on: date,
    nominal_on: date | None = None,
    steps: Sequence = (),
    basis: str = "",
    provision: Provision | None = None,
    handler: User | None = None,
    provisional: bool = False,
) -> Deadline:
    """Open the limit of `rule` that `owed_by` has for `subject`; an open one is updated.

    `due_on` is the last day in time. `foundations.calendars.periods.reckon(...).limits`
    gives the dates and `steps`; `basis` names a statute where no `provision` does.
    """
    given = {
        "title": title[:200],
        "jurisdiction": jurisdiction,
        "trigger_on": trigger_on,
        "due_on": due_on,
        "nominal_on": nominal_on or due_on,
        "steps": list(steps),
        "basis": basis,
        "provision": provision,
        "handler": handler,
        "provisional": provisional,
    }
    deadline = _live(subject, rule, owed_by).first()
    if deadline is None:
        deadline = Deadline(subject=subject, rule=rule, owed_by=owed_by, **given)
        deadline.store()
        record(actor, "deadlines.deadline.opened", deadline, rule=rule, due_on=str(due_on))
    else:
        _change(deadline, actor, given)
    return deadline


@action
def meet(
    subject: Record, rule: str, *, actor: Actor, on: date, owed_by: Organization | None = None
) -> list[Deadline]:
    """The duty was done on `on`: in time up to and including the due day, late after it.

    Closes the limits of `rule` for every organization, or for `owed_by` alone.
    """
    closed = list(_live(subject, rule, owed_by))
    for deadline in closed:
        state = DeadlineState.MET if on <= deadline.due_on else DeadlineState.MET_LATE
        _close(deadline, state, on)
        record(actor, "deadlines.deadline.met", deadline, on=str(on), late=on > deadline.due_on)
    return closed


@action
def cancel(
    subject: Record, rule: str, *, actor: Actor, on: date, owed_by: Organization | None = None
) -> list[Deadline]:
    """The duty fell away on `on`; of every organization, or of `owed_by` alone."""
    closed = list(_live(subject, rule, owed_by))
    for deadline in closed:
        _close(deadline, DeadlineState.CANCELLED, on)
        record(actor, "deadlines.deadline.cancelled", deadline, on=str(on))
    return closed


@action
def move_due(
    subject: Record,
    rule: str,
    *,
    actor: Actor,
    due_on: date,
    nominal_on: date | None = None,
    trigger_on: date | None = None,
    steps: Sequence = (),
    provisional: bool = False,
    owed_by: Organization | None = None,
) -> list[Deadline]:
    """Give the open limits of `rule` another last day; reminders start anew for it."""
    moved = list(_live(subject, rule, owed_by))
    for deadline in moved:
        given = {
            "due_on": due_on,
            "nominal_on": nominal_on or due_on,
            "trigger_on": trigger_on or deadline.trigger_on,
            "steps": list(steps),
            "provisional": provisional,
        }
        _change(deadline, actor, given)
    return moved


def _live(subject: Record, rule: str, owed_by: Organization | None) -> QuerySet[Deadline]:
    rows = Deadline.objects.filter(
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        rule=rule,
        state__in=LIVE,
    )
    if owed_by is not None:
        rows = rows.filter(owed_by=owed_by)
    return rows.select_for_update(of=("self",)).select_related("jurisdiction").order_by("pk")


def _change(deadline: Deadline, actor: Actor, given: dict) -> None:
    """Write what differs; an entry is left only if something does."""
    before = deadline.due_on
    changed = [name for name, value in given.items() if getattr(deadline, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(deadline, name, given[name])
    deadline.store()
    record(
        actor,
        "deadlines.deadline.changed",
        deadline,
        changed=changed,
        before=str(before),
        due_on=str(deadline.due_on),
    )


def _close(deadline: Deadline, state: DeadlineState, on: date) -> None:
    deadline.state, deadline.closed_on = state, on
    deadline.store()

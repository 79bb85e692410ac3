"""A limit is opened, met, moved and cancelled by what happens to its subject."""

from collections.abc import Sequence
from copy import copy
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.rows import Record
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.calendars.periods import Length, in_time
from mechanisms.models import Mechanism, Provision
from members.models import Jurisdiction, Organization, User
from services.deadlines.counting import count, counted_with
from services.deadlines.models import Deadline, DeadlineState, MoveState
from services.deadlines.overrides import override_of
from services.deadlines.reckoning import Case, answer
from services.deadlines.rules import rule_on

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
    mechanism: Mechanism | None = None,
    handler: User | None = None,
    provisional: bool = False,
    length: Length | None = None,
    before: bool = False,
    own_length: bool = False,
    window: bool = False,
    calendar: str = "",
) -> Deadline:
    """Open the limit of `rule` that `owed_by` has for `subject`; an open one is updated.

    `due_on` is the last day in time. `foundations.calendars.periods.reckon(...).limits`
    gives the dates, `steps` and what a later recount needs; `basis` names a statute where
    no `provision` does. What was paused and extended before holds on for a limit that is
    counted, and falls away for one whose day is set by hand.
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
        "mechanism": mechanism,
        "handler": handler,
        "provisional": provisional,
        "length": length,
        "before": before,
        "own_length": own_length,
        "window": window,
        "counted_with": counted_with(calendar) if calendar else "",
    }
    deadline = live(subject, rule, owed_by).first()
    if deadline is None:
        deadline = Deadline(subject=subject, rule=rule, owed_by=owed_by, **given)
        deadline.store()
        record(actor, "deadlines.deadline.opened", deadline, rule=rule, due_on=str(due_on))
    else:
        change(deadline, actor, given | renewed(deadline, given))
    return deadline


@action
def open_by_rule(
    subject: Record,
    key: str,
    *,
    actor: Actor,
    title: str,
    jurisdiction: Jurisdiction,
    owed_by: Organization,
    trigger_on: date,
    length: int | None = None,
    mechanism: Mechanism | None = None,
    provision: Provision | None = None,
    handler: User | None = None,
    window: bool = False,
    law_of: date | None = None,
) -> Deadline | None:
    """Open the limit that the rule `key` of the law sets; None where it names no length.

    `length` is the letter's own, in the unit of the rule; `mechanism` is asked for a length
    of its own; `law_of` is the day whose law governs, if not the trigger's. Raises RuleBroken
    as `services.deadlines.reckoning.answer` does.
    """
    override = override_of(mechanism, key, trigger_on) if mechanism else None
    case = Case(trigger_on=trigger_on, length=length, law_of=law_of)
    of_older_law = law_of is not None and rule_on(key, law_of) != rule_on(key, trigger_on)
    found = answer(key, case, calendar=jurisdiction.calendar, override=override)
    if found.reckoning is None:
        return None
    return open_deadline(
        subject,
        key,
        actor=actor,
        title=title,
        jurisdiction=jurisdiction,
        owed_by=owed_by,
        basis=found.rule.cited[:200],
        provision=provision,
        mechanism=mechanism,
        handler=handler,
        own_length=length is not None or of_older_law,
        window=window,
        **found.reckoning.limits,
    )


@action
def meet(
    subject: Record,
    rule: str,
    *,
    actor: Actor,
    on: date,
    posted_on: date | None = None,
    owed_by: Organization | None = None,
) -> list[Deadline]:
    """The duty was done on `on`: in time up to and including the due day, late after it.

    What was posted by the due day is in time, whenever it arrived; so is what is done while
    the clock stands still. Closes the limits of `rule` for every organization, or for
    `owed_by` alone. Raises RuleBroken "posted_late" (field posted_on) for a day of posting
    after `on`.
    """
    if posted_on is not None and posted_on > on:
        message = _("It cannot have been posted after it arrived.")
        raise RuleBroken("posted_late", message, "posted_on")
    closed = list(live(subject, rule, owed_by))
    for deadline in closed:
        done = stands_still(deadline, posted_on or on) or in_time(
            deadline.due_on, received_on=on, posted_on=posted_on
        )
        _close(deadline, DeadlineState.MET if done else DeadlineState.MET_LATE, on)
        record(actor, "deadlines.deadline.met", deadline, on=str(on), late=not done)
    return closed


@action
def cancel(
    subject: Record, rule: str, *, actor: Actor, on: date, owed_by: Organization | None = None
) -> list[Deadline]:
    """The duty fell away on `on`; of every organization, or of `owed_by` alone.

    A right whose last day was before `on` has lapsed by itself.
    """
    closed = list(live(subject, rule, owed_by))
    for deadline in closed:
        if deadline.window and deadline.due_on < on and not stands_still(deadline, on):
            _lapse(deadline, actor)
            continue
        _close(deadline, DeadlineState.CANCELLED, on)
        record(actor, "deadlines.deadline.cancelled", deadline, on=str(on))
    return closed


LAPSED_AT_ONCE = 500


def lapse_windows(*, on: date) -> int:
    """Close the rights whose last day was before `on`; how many. Safe to repeat."""
    closed = 0
    while batch := _lapse_batch(on=on):
        closed += batch
    return closed


@action
def _lapse_batch(*, on: date) -> int:
    rows = Deadline.objects.open().filter(window=True, due_on__lt=on).order_by("pk")
    locked = rows.select_for_update(of=("self",), skip_locked=True).select_related("jurisdiction")
    found = list(locked[:LAPSED_AT_ONCE])
    for deadline in found:
        _lapse(deadline, None)
    return len(found)


def _lapse(deadline: Deadline, actor: Actor) -> None:
    _close(deadline, DeadlineState.LAPSED, deadline.due_on)
    record(actor, "deadlines.deadline.lapsed", deadline, on=str(deadline.due_on))


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
    length: Length | None = None,
    before: bool = False,
    calendar: str = "",
    owed_by: Organization | None = None,
) -> list[Deadline]:
    """Give the open limits of `rule` another last day; reminders start anew for it."""
    moved = list(live(subject, rule, owed_by))
    for deadline in moved:
        given = {
            "due_on": due_on,
            "nominal_on": nominal_on or due_on,
            "trigger_on": trigger_on or deadline.trigger_on,
            "steps": list(steps),
            "provisional": provisional,
            "length": length,
            "before": before,
            "counted_with": counted_with(calendar) if calendar else "",
        }
        change(deadline, actor, given | renewed(deadline, given))
    return moved


def live(subject: Record, rule: str, owed_by: Organization | None = None) -> QuerySet[Deadline]:
    """The open and suspended limits of a rule, locked."""
    rows = Deadline.objects.filter(
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        rule=rule,
        state__in=LIVE,
    )
    if owed_by is not None:
        rows = rows.filter(owed_by=owed_by)
    return rows.select_for_update(of=("self",)).select_related("jurisdiction").order_by("pk")


def renewed(deadline: Deadline, given: dict) -> dict:
    """What pauses and extensions make of the dates that a live limit is given anew."""
    if given["length"] is None:
        deadline.pauses.filter(last_on__isnull=False).delete()
        deadline.extensions.all().delete()
        return {}
    if not deadline.pauses.exists() and not deadline.extensions.exists():
        return {}
    asked = copy(deadline)
    for name, value in given.items():
        setattr(asked, name, value)
    return recounted(asked)


def recounted(deadline: Deadline) -> dict:
    """What a count by the calendar of today gives the row; its length stays as it was.

    The mark of the law stays too: whether a new law moves the limit is for a recount to say.
    """
    found = count(deadline, deadline.jurisdiction.calendar)
    _calendar, _plus, law = deadline.counted_with.partition("+")
    return {
        "nominal_on": found.nominal_on,
        "due_on": found.due_on,
        "steps": list(found.steps),
        "provisional": found.provisional,
        "counted_with": counted_with(found.calendar, law),
    }


def stands_still(deadline: Deadline, on: date) -> bool:
    """Does the clock stand still on `on`?"""
    return deadline.pauses.filter(last_on=None, first_on__lte=on).exists()


def change(
    deadline: Deadline,
    actor: Actor,
    given: dict,
    *,
    verb: str = "deadlines.deadline.changed",
    **told: Any,
) -> None:
    """Write what differs; an entry is left only if something does, or for a `verb` of its own.

    A move that waits for a person is outdated by another last day.
    """
    before = deadline.due_on
    changed = [name for name, value in given.items() if getattr(deadline, name) != value]
    if not changed and verb == "deadlines.deadline.changed":
        return
    for name in changed:
        setattr(deadline, name, given[name])
    deadline.store()
    if deadline.due_on != before:
        outdate_moves(deadline)
    told |= {"changed": changed, "before": str(before), "due_on": str(deadline.due_on)}
    record(actor, verb, deadline, **{name: _told(value) for name, value in told.items()})


def _told(value: Any) -> Any:
    return str(value) if isinstance(value, date) else value


def _close(deadline: Deadline, state: DeadlineState, on: date) -> None:
    """A clock that still stands still stops for good."""
    deadline.state, deadline.closed_on = state, on
    deadline.store()
    deadline.pauses.filter(last_on=None, first_on__gt=on).delete()
    deadline.pauses.filter(last_on=None).update(last_on=on)
    outdate_moves(deadline)


def outdate_moves(deadline: Deadline) -> None:
    for move in deadline.moves.filter(state=MoveState.PROPOSED):
        move.settle(MoveState.OUTDATED)

"""When a calendar or a rule has changed: open limits are counted anew.

A last day that stays is stamped with the new calendar; one that would move is proposed and
waits for a person. Closed limits never move.
"""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.calendars.periods import Length
from members.models import Jurisdiction
from services.deadlines.actions.rows import LIVE, change
from services.deadlines.counting import count, counted_with
from services.deadlines.models import Deadline, Move, MoveState
from services.deadlines.overrides import override_of
from services.deadlines.rules import law, rule_on

BATCH = 500


def recount_open() -> int:
    """Count what was last counted by another calendar or law; how many moves are proposed."""
    return sum(_recount_place(place) for place in Jurisdiction.objects.order_by("pk"))


def _recount_place(place: Jurisdiction) -> int:
    mark, proposed, last = counted_with(place.calendar.version), 0, 0
    stale = Deadline.objects.filter(jurisdiction=place, state__in=LIVE).exclude(
        counted_with__in=("", mark)
    )
    while batch := list(
        stale.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        proposed += _recount_batch(batch, place, mark)
        last = batch[-1]
    return proposed


@action
def _recount_batch(keys: list[int], place: Jurisdiction, mark: str) -> int:
    calendar, proposed = place.calendar, 0
    rows = Deadline.objects.select_for_update(of=("self",)).filter(pk__in=keys, state__in=LIVE)
    rows = rows.select_related("jurisdiction", "provision__version__mechanism")
    kept = []
    for deadline in rows.prefetch_related("pauses", "extensions").order_by("pk"):
        found = count(deadline, calendar, length=_length_now(deadline))
        if found.due_on == deadline.due_on:
            deadline.steps, deadline.provisional = list(found.steps), found.provisional
        else:
            proposed += _propose(deadline, found.due_on, mark)
        deadline.counted_with = mark
        kept.append(deadline)
    Deadline.objects.bulk_update(kept, ["steps", "provisional", "counted_with"])
    return proposed


def _length_now(deadline: Deadline) -> Length | None:
    """The length that the law or the institution gives today; None for the row's own."""
    if deadline.own_length or deadline.rule not in law():
        return None
    rule = rule_on(deadline.rule, deadline.trigger_on)
    clause = deadline.provision
    if clause is not None and rule is not None:
        mechanism = clause.version.mechanism
        override = override_of(mechanism, deadline.rule, deadline.trigger_on)
        rule = override.applied(rule) if override else rule
    return rule.length if rule else None


def _propose(deadline: Deadline, after_on: date, mark: str) -> bool:
    """False if the same move waits already."""
    waiting = deadline.moves.filter(state=MoveState.PROPOSED).first()
    if waiting is not None:
        if waiting.after_on == after_on:
            return False
        waiting.state = MoveState.OUTDATED
        waiting.store()
    move = Move(deadline=deadline, before_on=deadline.due_on, after_on=after_on, counted_with=mark)
    move.store()
    record(
        None,
        "deadlines.deadline.move_proposed",
        deadline,
        before=str(deadline.due_on),
        due_on=str(after_on),
    )
    return True


@action
def confirm_moves(move_ids: Iterable[int], *, actor: Actor) -> list[Move]:
    """Let the last days move as proposed; what was settled meanwhile is passed over.

    Raises PermissionDenied if one of them is not the actor's to confirm.
    """
    moves = _waiting(move_ids, actor)
    for move in moves:
        deadline = move.deadline
        found = count(deadline, deadline.jurisdiction.calendar, length=_length_now(deadline))
        given = found.limits
        given["counted_with"] = counted_with(given.pop("calendar"))
        change(deadline, actor, given, verb="deadlines.deadline.moved")
        move.state = MoveState.CONFIRMED
        move.store()
    return moves


@action
def dismiss_move(move_id: int, *, actor: Actor, reason: str) -> Move:
    """The last day stays as it was. Raises RuleBroken "move_settled"."""
    move = next(iter(_waiting([move_id], actor)), None)
    if move is None:
        raise RuleBroken("move_settled", _("This was settled by someone else meanwhile."))
    move.state, move.reason = MoveState.DISMISSED, reason[:200]
    move.store()
    record(
        actor,
        "deadlines.deadline.move_dismissed",
        move.deadline,
        due_on=str(move.after_on),
        reason=reason,
    )
    return move


def _waiting(move_ids: Iterable[int], actor: Actor) -> list[Move]:
    rows = Deadline.objects.select_for_update(of=("self",)).filter(
        moves__in=list(move_ids), state__in=LIVE
    )
    locked = list(rows.order_by("pk").values_list("pk", flat=True))
    moves = Move.objects.filter(
        pk__in=list(move_ids), deadline__in=locked, state=MoveState.PROPOSED
    ).select_related("deadline__jurisdiction", "deadline__provision__version__mechanism")
    found = list(moves.order_by("deadline_id"))
    for move in found:
        policy_for(Move).require(actor, "settle", move)
    return found

"""When a calendar or a rule has changed: open limits are counted anew.

A last day that stays is stamped with the new calendar; one that would move is proposed,
and waits unstamped for a person. Closed limits never move; suspended ones are asked when
they run again.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.calendars.periods import Length
from mechanisms.models import Mechanism, Provision
from members.models import Jurisdiction
from services.deadlines.actions.rows import LIVE, change
from services.deadlines.counting import count, counted_with
from services.deadlines.models import Deadline, Move, MoveState
from services.deadlines.overrides import override_of
from services.deadlines.rules import law, rule_on

BATCH = 500
ANOTHER_LAW = "+?"  # a mark that is never today's, also when a pause ends
SHARED = ("pauses", "extensions", "mechanism", "provision__version__mechanism")
COUNTED = ["nominal_on", "length_n", "length_unit", "steps", "provisional", "counted_with"]


def recount_open() -> int:
    """Count what was last counted by another calendar or law; how many moves are proposed."""
    return sum(_recount_place(place) for place in Jurisdiction.objects.order_by("pk"))


def _recount_place(place: Jurisdiction) -> int:
    mark, proposed, last = counted_with(place.calendar.version), 0, 0
    stale = Deadline.objects.open().filter(jurisdiction=place).exclude(counted_with__in=("", mark))
    while batch := list(
        stale.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        proposed += _recount_batch(batch, place, mark)
        last = batch[-1]
    return proposed


@action
def _recount_batch(keys: list[int], place: Jurisdiction, mark: str) -> int:
    calendar, said, proposed = place.calendar, Said(), 0
    rows = Deadline.objects.open().select_for_update(of=("self",)).filter(pk__in=keys)
    rows = rows.select_related("jurisdiction").prefetch_related(*SHARED).order_by("pk")
    locked = list(rows)
    waiting = {move.deadline_id: move for move in _proposed().filter(deadline__in=keys)}
    kept = []
    for deadline in locked:
        found = count(deadline, calendar, length=said.length(deadline))
        move = waiting.get(deadline.pk)
        if found.due_on != deadline.due_on:
            proposed += _propose(deadline, found.due_on, mark, instead_of=move)
            continue
        if move:
            move.settle(MoveState.OUTDATED)
        deadline.nominal_on, deadline.length = found.nominal_on, found.length
        deadline.steps, deadline.provisional = list(found.steps), found.provisional
        deadline.counted_with = mark
        kept.append(deadline)
    Deadline.objects.bulk_update(kept, COUNTED)
    return proposed


class Said:
    """The lengths that the law and the institutions give today; each is asked for once."""

    def __init__(self) -> None:
        self._override = cache(override_of)

    def length(self, deadline: Deadline) -> Length | None:
        """None for the length that the row has."""
        if deadline.own_length or deadline.rule not in law():
            return None
        rule = rule_on(deadline.rule, deadline.trigger_on)
        if rule is None:
            return None
        mechanism = deadline.mechanism or _of_clause(deadline.provision)
        if mechanism is not None:
            override = self._override(mechanism, deadline.rule, deadline.trigger_on)
            rule = override.applied(rule) if override else rule
        return rule.length


def _of_clause(clause: Provision | None) -> Mechanism | None:
    return clause.version.mechanism if clause else None


def _proposed() -> QuerySet[Move]:
    return Move.objects.filter(state=MoveState.PROPOSED)


def _propose(deadline: Deadline, after_on: date, mark: str, *, instead_of: Move | None) -> bool:
    """False if the same move waits already."""
    if instead_of is not None:
        if instead_of.after_on == after_on:
            return False
        instead_of.settle(MoveState.OUTDATED)
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
def count_anew_since(mechanism: Mechanism, since: date) -> int:
    """A new text of the institution is in force from `since` on: what began from then on is
    counted anew by the next recount; how many limits are."""
    asked = Q(mechanism=mechanism) | Q(provision__version__mechanism=mechanism)
    rows = Deadline.objects.filter(asked, state__in=LIVE, trigger_on__gte=since)
    return rows.exclude(counted_with="").update(counted_with=ANOTHER_LAW)


@action
def confirm_moves(move_ids: Iterable[int], *, actor: Actor) -> list[Move]:
    """Let the last days move as proposed; returns what moved.

    What was settled meanwhile is passed over, and so is what would move to another day by
    now, which the next recount proposes. Raises PermissionDenied if one of them is not the
    actor's to confirm.
    """
    return [move for move in _waiting(move_ids, actor) if _confirm(move, actor)]


def _confirm(move: Move, actor: Actor) -> bool:
    deadline = move.deadline
    length = Said().length(deadline)
    found = count(deadline, deadline.jurisdiction.calendar, length=length)
    same = found.due_on == move.after_on
    if same:
        given = found.limits
        given["counted_with"] = counted_with(given.pop("calendar"))
        change(deadline, actor, given, verb="deadlines.deadline.moved")
        move.refresh_from_db()
    move.settle(MoveState.CONFIRMED if same else MoveState.OUTDATED)
    return same


@action
def dismiss_move(move_id: int, *, actor: Actor, reason: str) -> Move:
    """The last day stays as it was. Raises RuleBroken "move_settled"."""
    move = next(iter(_waiting([move_id], actor)), None)
    if move is None:
        raise RuleBroken("move_settled", _("This was settled by someone else meanwhile."))
    move.settle(MoveState.DISMISSED, reason)
    move.deadline.counted_with = move.counted_with
    move.deadline.store()
    record(
        actor,
        "deadlines.deadline.move_dismissed",
        move.deadline,
        due_on=str(move.after_on),
        reason=reason,
    )
    return move


def _waiting(move_ids: Iterable[int], actor: Actor) -> list[Move]:
    rows = Deadline.objects.open().filter(
        pk__in=Move.objects.filter(pk__in=list(move_ids)).values("deadline")
    )
    locked = list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    moves = (
        _proposed()
        .filter(pk__in=list(move_ids), deadline__in=locked)
        .select_related(
            "deadline__jurisdiction",
            "deadline__mechanism",
            "deadline__provision__version__mechanism",
        )
    )
    found = list(moves.order_by("deadline_id"))
    for move in found:
        policy_for(Move).require(actor, "settle", move)
    return found

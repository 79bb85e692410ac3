"""Where a dispute stands as a whole: derived from its procedures after every action."""

from collections.abc import Callable, Sequence
from datetime import date

from django.db.models import QuerySet

from cases import tallies
from cases.limits import of
from cases.models import Dispute, Procedure, WayOut
from cases.states import Kind, Standing
from services.deadlines.models import Deadline

AFTERMATH = {"performing", "visiting", "following"}
NOT_EFFECTIVE = {"pronounced", "served", "appealable"}
"""A first judgment is given, and is not final yet."""


def refresh(dispute: Dispute) -> None:
    """Write what lists read: the latest procedure, who holds the ball, what is due next; and
    what figures count."""
    procedures = list(dispute.procedures.order_by("opened_on", "pk").select_related("organ"))
    due = _next_due(dispute)
    given_up = WayOut.objects.given_up().filter(procedure__dispute=dispute)
    owes = dispute.performances.owed()
    put(dispute, procedures, due, owes=owes.exists, given_up=given_up.exists)
    dispute.store()
    tallies.refresh(dispute, procedures)


def put(
    dispute: Dispute,
    procedures: Sequence[Procedure],
    due: Deadline | None,
    *,
    owes: Callable[[], bool],
    given_up: Callable[[], bool],
) -> None:
    """The derived columns, not stored yet: `procedures` in the order in which they began,
    `due` the duty that is due first, `owes` whether something is still to be performed,
    `given_up` whether nobody goes on after a mediation that failed."""
    latest = _latest(procedures)
    dispute.kind, dispute.state = latest.kind, latest.state
    dispute.standing = _standing(procedures, owes, given_up)
    under_way = dispute.standing == Standing.OPEN
    dispute.holder = due.owed_by if due else (latest.organ if under_way else None)
    dispute.next_due_on = due.due_on if due else None
    dispute.closed_on = _closed_on(procedures) if dispute.standing == Standing.CLOSED else None


def _latest(procedures: Sequence[Procedure]) -> Procedure:
    """The open one that began last; without any, the last of all."""
    return next((p for p in reversed(procedures) if p.is_open), procedures[-1])


def _standing(
    procedures: Sequence[Procedure], owes: Callable[[], bool], given_up: Callable[[], bool]
) -> Standing:
    if any((p.is_open and p.kind != Kind.VISIT) or _not_effective(p) for p in procedures):
        return Standing.OPEN
    if procedures[-1].state == "appealed":
        return Standing.OPEN
    if any(p.is_open or p.state in AFTERMATH for p in procedures):
        return Standing.AFTERMATH
    if owes():
        return Standing.AFTERMATH
    if _failed(procedures) and not given_up():
        return Standing.ONWARD
    return Standing.CLOSED


def _failed(procedures: Sequence[Procedure]) -> bool:
    """Did all end with a mediation that failed? One in a suit or a reconsideration did not:
    that was closed later, or on the same day."""
    days = [(p.closed_on, not p.outcome.onward) for p in procedures if p.closed_on and p.outcome]
    return bool(days) and not max(days)[1]


def _not_effective(procedure: Procedure) -> bool:
    """A judgment that somebody may still appeal against; other rulings are final."""
    outcome = procedure.outcome
    if procedure.state not in NOT_EFFECTIVE or outcome is None:
        return False
    return outcome.judgment or outcome.appeal


def _closed_on(procedures: Sequence[Procedure]) -> date | None:
    return max((p.closed_on for p in procedures if p.closed_on), default=None)


def _next_due(dispute: Dispute) -> Deadline | None:
    """The duty that is due first: of a procedure, of whoever takes part in it, before a
    hearing, or to perform."""
    return limits_of(dispute).order_by("due_on", "pk").first()


def limits_of(dispute: Dispute) -> QuerySet[Deadline]:
    """The open duties on a dispute."""
    rows = Deadline.objects.duties().filter(of(dispute))
    return rows.select_related("owed_by", "handler")

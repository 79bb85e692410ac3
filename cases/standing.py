"""Where a dispute stands as a whole: derived from its procedures after every action."""

from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from cases.models import Dispute, Participant, Performance, Procedure
from cases.states import Kind, Standing
from services.deadlines.models import Deadline

AFTERMATH = {"performing", "visiting", "following"}
NOT_EFFECTIVE = {"pronounced", "served", "appealable"}
"""A first judgment is given, and is not final yet."""


def refresh(dispute: Dispute) -> None:
    """Write what lists read: the latest procedure, who holds the ball, what is due next."""
    procedures = list(dispute.procedures.order_by("opened_on", "pk").select_related("organ"))
    latest = _latest(procedures)
    due = _next_due(dispute, procedures)
    dispute.kind, dispute.state = latest.kind, latest.state
    dispute.standing = _standing(dispute, procedures)
    under_way = dispute.standing == Standing.OPEN
    dispute.holder = due.owed_by if due else (latest.organ if under_way else None)
    dispute.next_due_on = due.due_on if due else None
    dispute.closed_on = _closed_on(procedures) if dispute.standing == Standing.CLOSED else None
    dispute.store()


def _latest(procedures: list[Procedure]) -> Procedure:
    """The open one that began last; without any, the last of all."""
    return next((p for p in reversed(procedures) if p.is_open), procedures[-1])


def _standing(dispute: Dispute, procedures: list[Procedure]) -> Standing:
    if any((p.is_open and p.kind != Kind.VISIT) or _not_effective(p) for p in procedures):
        return Standing.OPEN
    if procedures[-1].state == "appealed":
        return Standing.OPEN
    if any(p.is_open or p.state in AFTERMATH for p in procedures):
        return Standing.AFTERMATH
    if dispute.performances.owed().exists():
        return Standing.AFTERMATH
    return Standing.CLOSED


def _not_effective(procedure: Procedure) -> bool:
    """A judgment that somebody may still appeal against; other rulings are final."""
    outcome = procedure.outcome
    if procedure.state not in NOT_EFFECTIVE or outcome is None:
        return False
    return outcome.judgment or outcome.appeal


def _closed_on(procedures: list[Procedure]) -> date | None:
    return max((p.closed_on for p in procedures if p.closed_on), default=None)


def _next_due(dispute: Dispute, procedures: list[Procedure]) -> Deadline | None:
    """The duty that is due first, of a procedure, of whoever takes part, or to perform."""
    return limits_of(dispute, procedures).order_by("due_on", "pk").first()


def limits_of(dispute: Dispute, procedures: list[Procedure]) -> QuerySet[Deadline]:
    """The open duties on a dispute."""
    parts = Participant.objects.filter(procedure__dispute=dispute).values("pk")
    owed = Performance.objects.filter(dispute=dispute).values("pk")
    types = ContentType.objects.get_for_models(Procedure, Participant, Performance)
    mine = Q(subject_type=types[Procedure], subject_id__in=[p.pk for p in procedures])
    theirs = Q(subject_type=types[Participant], subject_id__in=parts)
    promised = Q(subject_type=types[Performance], subject_id__in=owed)
    rows = Deadline.objects.duties().filter(mine | theirs | promised)
    return rows.select_related("owed_by", "handler")

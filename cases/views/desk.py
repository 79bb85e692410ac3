"""The mediator's desk: what is assigned to me, the next session, how many days are left."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.models import Assignment, AssignmentState, MediationSession, Procedure
from cases.pills import Pill, pill_of
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from members.policy import WORKERS
from members.standing import standing
from services.deadlines.models import Deadline


@dataclass(frozen=True)
class DeskLine:
    """One mediation, or another request, on the desk; `mine`: assigned to the reader."""

    assignment: Assignment
    pill: Pill | None
    limit: Deadline | None
    session: MediationSession | None
    mine: bool

    @property
    def waits(self) -> bool:
        return self.assignment.state == AssignmentState.ASSIGNED


@require_GET
@login_required
def desk(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    lines = _lines(request, today)
    context = {
        "waiting": [line for line in lines if line.mine and line.waits],
        "mine": [line for line in lines if line.mine and not line.waits],
        "others": [line for line in lines if not line.mine],
    }
    return render(request, "cases/desk.html", context)


def _lines(request: SignedInRequest, today: date) -> list[DeskLine]:
    """Open mediations that are assigned: to the reader, and by the reader's organs."""
    mine = standing(request.user)
    own = Q(professional__user=request.user)
    if mine.has(*WORKERS):
        own |= Q(procedure__organ__in=mine.organizations)
    coming = MediationSession.objects.coming(today).order_by("starts_at")
    rows = visible_to(request.user, Assignment).live().filter(own)
    rows = rows.filter(Q(procedure=None) | Q(procedure__closed_on=None))
    found = list(
        rows.select_related("dispute__agency", "professional", "procedure__organ")
        .prefetch_related(Prefetch("procedure__sessions", coming))
        .order_by("assigned_on", "pk")
    )
    limits = _limits([one.procedure_id for one in found if one.procedure_id])
    return [_line(one, limits, request.user.pk) for one in found]


def _limits(procedures: list[int]) -> dict[int, Deadline]:
    """What ends first in each."""
    kind = ContentType.objects.get_for_model(Procedure)
    rows = Deadline.objects.duties().filter(subject_type=kind, subject_id__in=procedures)
    found: dict[int, Deadline] = {}
    for limit in rows.select_related("provision", "owed_by").order_by("due_on", "pk"):
        found.setdefault(limit.subject_id, limit)
    return found


def _line(assignment: Assignment, limits: dict[int, Deadline], me: int) -> DeskLine:
    procedure = assignment.procedure
    coming = list(procedure.sessions.all()) if procedure else []
    chosen = assignment.professional
    return DeskLine(
        assignment=assignment,
        pill=pill_of(procedure) if procedure else None,
        limit=limits.get(procedure.pk) if procedure else None,
        session=coming[0] if coming else None,
        mine=chosen is not None and chosen.user_id == me,
    )

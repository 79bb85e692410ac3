"""What every page about a dispute begins with: the dispute, if its reader may see it."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from cases.flow.table import Step
from cases.models import Dispute, Procedure
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest


def find_dispute(request: SignedInRequest, public_id: str, verb: str = "") -> Dispute:
    """404 if the reader does not see it, 403 if they see it and may not do `verb`."""
    rows = visible_to(request.user, Dispute).select_related(
        "jurisdiction", "mechanism", "agency", "holder", "handler", "registered_by"
    )
    dispute: Dispute = get_object_or_404(rows, public_id=public_id)
    if verb:
        policy_for(Dispute).require(request.user, verb, dispute)
    return dispute


def find_procedure(request: SignedInRequest, dispute_id: str, public_id: str) -> Procedure:
    dispute = find_dispute(request, dispute_id)
    rows = dispute.procedures.select_related("organ", "handler")
    procedure: Procedure = get_object_or_404(rows, public_id=public_id)
    procedure.dispute = dispute
    return procedure


def find_step(procedure: Procedure, key: str) -> Step:
    """404 for a step that its table doesn't have."""
    step = procedure.table.steps.get(key)
    if step is None or step.start:
        raise Http404
    return step

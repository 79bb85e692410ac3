"""What a dispute's page shows of the enforcement-issue ledger; a panel is part of a page."""

from django.utils import timezone

from cases.models import Dispute, Procedure
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from members.states import Side
from workplans.models import IssueLedgerEntry
from workplans.policy.circle import keepers_for


def issues_panel(request: SignedInRequest, dispute: Dispute) -> tuple[str, dict] | None:
    """The entries that the reader may see, and the cases in which the reader may enter one."""
    rows = visible_to(request.user, IssueLedgerEntry).filter(procedure__dispute=dispute)
    issues = list(rows.select_related("organization"))
    cases: list[Procedure] = []
    if _enters(request, dispute):
        seen = visible_to(request.user, Procedure)
        cases = list(seen.filter(dispute=dispute, kind="reconsideration"))
    if not issues and not cases:
        return None
    return "workplans/_issues_panel.html", {"issues": issues, "cases": cases}


def _enters(request: SignedInRequest, dispute: Dispute) -> bool:
    if dispute.mechanism is None:
        return False
    keepers = keepers_for(request.user, dispute.mechanism, timezone.localdate())
    return any(unit.side == Side.GOVERNMENT for unit in keepers)

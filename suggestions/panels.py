"""What a dispute's page shows of letters: those that came from one of its cases."""

from cases.models import Dispute
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from suggestions.models import CaseLink, Suggestion


def letters_panel(request: SignedInRequest, dispute: Dispute) -> tuple[str, dict] | None:
    """Those that the reader may see, the newest first; two queries."""
    links = CaseLink.objects.filter(procedure__dispute=dispute)
    rows = visible_to(request.user, Suggestion).filter(pk__in=links.values("suggestion"))
    letters = list(rows.select_related("issuer").order_by("-issued_on", "-pk"))
    if not letters:
        return None
    return "suggestions/_letters_of_dispute.html", {"letters": letters}

"""What every page about a bulletin begins with: the row, if its reader may see it."""

from django.shortcuts import get_object_or_404

from bulletins.models import Bulletin
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest

NEAR = (
    "jurisdiction",
    "mechanism__jurisdiction",
    "issuer",
    "corrects",
    "drafted_by",
    "reviewed_by",
    "signed_by",
)


def find_bulletin(request: SignedInRequest, public_id: str, verb: str = "") -> Bulletin:
    """404 if the reader does not see it, 403 if they see it and may not do `verb`."""
    rows = visible_to(request.user, Bulletin).select_related(*NEAR)
    found: Bulletin = get_object_or_404(rows, public_id=public_id)
    if verb:
        policy_for(Bulletin).require(request.user, verb, found)
    return found

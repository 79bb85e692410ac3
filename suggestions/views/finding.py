"""What every page about a letter begins with: the letter, if its reader may see it."""

from django.shortcuts import get_list_or_404, get_object_or_404

from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from mechanisms.models import Mechanism
from suggestions.models import Suggestion


def find_letter(request: SignedInRequest, public_id: str, verb: str = "") -> Suggestion:
    """404 if the reader does not see it, 403 if they see it and may not do `verb`."""
    letters = visible_to(request.user, Suggestion).select_related(
        "mechanism__jurisdiction", "jurisdiction", "issuer", "division", "handler"
    )
    letter: Suggestion = get_object_or_404(letters, public_id=public_id)
    if verb:
        policy_for(Suggestion).require(request.user, verb, letter)
    return letter


def find_mechanism(request: SignedInRequest, key: str) -> Mechanism:
    """The mechanism of that key, or the reader's first one for an empty key."""
    mechanisms = visible_to(request.user, Mechanism).select_related("jurisdiction")
    if key:
        found: Mechanism = get_object_or_404(mechanisms, key=key)
        return found
    return get_list_or_404(mechanisms.order_by("pk"))[0]

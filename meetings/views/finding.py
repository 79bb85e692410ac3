"""What every page about a meeting begins with: the meeting, if its reader may see it."""

from django.shortcuts import get_list_or_404, get_object_or_404

from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from mechanisms.models import Mechanism
from meetings.models import Meeting
from members.models import User


def find_meeting(request: SignedInRequest, public_id: str, verb: str = "") -> Meeting:
    """404 if the reader does not see it, 403 if they see it and may not do `verb`."""
    meetings = visible_to(request.user, Meeting).select_related(
        "mechanism__jurisdiction", "host_organization", "series__mechanism__jurisdiction", "chair"
    )
    meeting = get_object_or_404(meetings, public_id=public_id)
    if meeting.series is not None:
        meeting.series.mechanism = meeting.mechanism
    if verb:
        policy_for(Meeting).require(request.user, verb, meeting)
    return meeting


def find_mechanism(request: SignedInRequest, key: str) -> Mechanism:
    """The mechanism of that key, or the reader's first one for an empty key."""
    mechanisms = visible_to(request.user, Mechanism).select_related("jurisdiction", "body")
    if key:
        return get_object_or_404(mechanisms, key=key)
    return get_list_or_404(mechanisms.order_by("pk"))[0]


def usual_place(user: User, meeting: Meeting, host: str) -> str:
    """Where `host` last had a meeting of the same mechanism; "" before the first."""
    held = visible_to(user, Meeting).held().filter(mechanism=meeting.mechanism_id, host=host)
    places = held.exclude(place="").order_by("-planned_on", "-pk")
    return places.values_list("place", flat=True).first() or ""

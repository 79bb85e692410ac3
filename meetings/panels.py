"""What pages of lower rooms show of this one: plans that may become topics, observations."""

from django.utils import timezone

from cases.models import Hearing
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from meetings.models import Activity, Topic
from meetings.policy.plans import ADOPTED, next_meeting
from meetings.policy.topics import known_topics, organizations_for
from meetings.states import TopicState
from suggestions.models import Addressee, Suggestion
from suggestions.states import MeasureState


def plan_panel(request: SignedInRequest, suggestion: Suggestion) -> tuple[str, dict] | None:
    """The addressees that carry an adopted plan out, each with its topic, or the way to one."""
    topics = Topic.objects.filter(addressee__suggestion=suggestion)
    topics = topics.exclude(state=TopicState.WITHDRAWN)
    made = set(topics.values_list("addressee", flat=True))
    under_way = suggestion.addressees.filter(
        attitude__in=ADOPTED, measures__state=MeasureState.OPEN
    )
    rows = list(
        Addressee.objects.filter(pk__in=[*made, *under_way.values_list("pk", flat=True)])
        .select_related("organization")
        .order_by("order", "pk")
    )
    if not rows:
        return None
    known = {topic.addressee_id: topic for topic in known_topics(request.user, topics)}
    meeting = next_meeting(request.user, suggestion.mechanism, timezone.localdate())
    if meeting is not None and not organizations_for(request.user, meeting).exists():
        meeting = None
    if meeting is None and not made:
        return None
    lines = [(row, row.pk in made, known.get(row.pk)) for row in rows]
    return "meetings/_adopted_plans.html", {"plan_lines": lines, "next_meeting": meeting}


def observations_panel(request: SignedInRequest, hearing: Hearing) -> tuple[str, dict] | None:
    """Who came to observe a hearing, or is asked to."""
    rows = visible_to(request.user, Activity).filter(hearing=hearing).select_related("host")
    found = list(rows.order_by("on", "pk"))
    return ("meetings/_observations.html", {"observations": found}) if found else None

"""Who may make a topic of an addressee's plan, for which meeting, in whose name."""

from datetime import date

from django.db.models import Q, QuerySet

from foundations.audit.actor import Actor
from mechanisms.models import Mechanism
from meetings.models import Meeting
from meetings.policy.topics import OPEN_TO_TOPICS, asked_for_topics, organizations_for
from members.models import Organization, User
from suggestions.models import Addressee, Measure
from suggestions.states import Attitude, MeasureState

ADOPTED = (Attitude.ACCEPTED, Attitude.PARTLY)


def adopted(addressee: Addressee) -> QuerySet[Measure]:
    """The measures of an adopted plan that are still under way."""
    rows = addressee.measures.filter(state=MeasureState.OPEN, addressee__attitude__in=ADOPTED)
    return rows.order_by("due_on", "pk")


def next_meeting(user: User, mechanism: Mechanism, on: date) -> Meeting | None:
    """The next meeting of an institution that takes topics from the user on a day."""
    in_time = Q(topics_due_on=None) | Q(topics_due_on__gte=on)
    meetings = asked_for_topics(user).filter(
        in_time, mechanism=mechanism, state__in=OPEN_TO_TOPICS, started_at=None
    )
    return meetings.select_related("mechanism__jurisdiction").order_by("planned_on", "pk").first()


def organization_for(actor: Actor, meeting: Meeting, addressee: Addressee) -> Organization:
    """The unit itself where the actor may submit for it, else the issuer, else their own."""
    preferred = [addressee.organization, addressee.suggestion.issuer]
    if actor is None:
        return preferred[0]
    mine = list(organizations_for(actor, meeting))
    return next((one for one in [*preferred, *mine] if one in mine), preferred[0])

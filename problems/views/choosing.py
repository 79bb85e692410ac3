"""Among which units, meetings and records the forms of this room let choose."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from bulletins.models import Bulletin
from cases.models import Dispute
from foundations.access.policy import visible_to
from meetings.models import Meeting
from meetings.policy.topics import OPEN_TO_TOPICS, asked_for_topics
from members.forms.fields import standing_organizations
from members.models import Organization, User
from members.standing import standing
from members.states import OrganizationKind, Side
from problems.models import Matter


def units_in(place: int, on: date) -> QuerySet[Organization]:
    return standing_organizations(place, on).order_by("order", "pk")


def administration(place: int, on: date) -> QuerySet[Organization]:
    """The units of the government's side: guided, visited, tagged."""
    return units_in(place, on).filter(side=Side.GOVERNMENT)


def units_to_act(user: User, row: Matter, today: date) -> QuerySet[Organization]:
    """Whose measures the reader may enter: never those of another side's court (YN-22)."""
    own = Q(pk__in=standing(user).organizations)
    judiciary = Q(side__in=(Side.COURT, Side.PROCURATORATE))
    return units_in(row.mechanism.jurisdiction_id, today).filter(own | ~judiciary)


def own_units(user: User, row: Matter, today: date) -> QuerySet[Organization]:
    rows = units_in(row.mechanism.jurisdiction_id, today)
    return rows.filter(pk__in=standing(user).organizations).exclude(kind=OrganizationKind.DIVISION)


def open_meetings(user: User, row: Matter, _today: date) -> QuerySet[Meeting]:
    """Those of the institution that still take topics from the reader."""
    rows = asked_for_topics(user).filter(mechanism=row.mechanism_id, state__in=OPEN_TO_TOPICS)
    return rows.select_related("mechanism").order_by("planned_on")


LINKED: dict[str, Any] = {"meeting": Meeting, "bulletin": Bulletin, "dispute": Dispute}


def linked(user: User) -> dict[str, QuerySet]:
    """The records from which a problem may be registered, by their names in its form."""
    return {name: visible_to(user, model) for name, model in LINKED.items()}

"""What came of a decision whose risk was assessed: the disputes that arose after it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from cases.dictionaries import area_choices
from cases.models import Assessment, Dispute
from cases.states import Kind


@dataclass(frozen=True)
class Arisen:
    """Registered from the day of the decision to `until`, both included, in its area;
    `own` of them against the organ that decided, `suits` of them went to court."""

    since: date
    until: date
    total: int
    own: int
    suits: int


def arisen(assessment: Assessment, on: date) -> Arisen:
    """Counted in the place of the decision, whoever asks: a number, and no dispute."""
    since = assessment.decided_on or on
    rows = Dispute.objects.filter(
        jurisdiction=assessment.jurisdiction_id,
        area__in=family(assessment.area),
        filed_on__range=(since, on),
    )
    sued = Q(procedures__kind=Kind.FIRST_INSTANCE)
    found = rows.aggregate(
        total=Count("pk", distinct=True),
        own=Count("pk", distinct=True, filter=Q(agency=assessment.organization_id)),
        suits=Count("pk", distinct=True, filter=sued),
    )
    return Arisen(since=since, until=on, **found)


def family(area: str) -> list[str]:
    """The area with its parts."""
    for _name, keys in area_choices():
        if isinstance(keys, list) and keys[0][0] == area:
            return [key for key, _part in keys]
    return [area]

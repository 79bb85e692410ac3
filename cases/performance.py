"""How what is owed is performed: read by registers, indicators and proposals."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from cases.models import Performance, PerformanceState

DONE = Q(state__in=(PerformanceState.PERFORMED, PerformanceState.CONFIRMED))
OWED = Q(state=PerformanceState.OWED)


def overdue(on: date) -> QuerySet[Performance]:
    """What agencies should have performed before `on` and have not (WJ-77), oldest first."""
    rows = Performance.objects.overdue(on).exclude(organization=None)
    return rows.for_listing().order_by("due_on", "pk")


def performed_badly(on: date) -> QuerySet[Performance]:
    """Overdue, or performed after its last day: a judicial suggestion may be proposed."""
    late = DONE & Q(performed_on__gt=F("due_on"))
    rows = Performance.objects.filter(late | (OWED & Q(due_on__lt=on)))
    return rows.exclude(organization=None).for_listing().order_by("due_on", "pk")


@dataclass(frozen=True)
class Fulfilment:
    """R15, R16: of what was due by a day, what was performed, in time and late.

    What was performed before its last day counts as due from then on.
    """

    in_time: int = 0
    late: int = 0
    missing: int = 0
    ahead: int = 0

    @property
    def due(self) -> int:
        return self.in_time + self.late + self.missing

    @property
    def rate(self) -> float | None:
        """Per cent; None where nothing was due."""
        return round(100 * (self.in_time + self.late) / self.due, 1) if self.due else None


def fulfilment(rows: QuerySet[Performance], on: date) -> Fulfilment:
    """One query; what agencies owe alone, and what fell away not."""
    asked = rows.exclude(organization=None).order_by()
    counts = asked.aggregate(
        in_time=Count("pk", filter=DONE & Q(performed_on__lte=F("due_on"), due_on__lte=on)),
        late=Count("pk", filter=DONE & Q(performed_on__gt=F("due_on"), due_on__lte=on)),
        missing=Count("pk", filter=OWED & Q(due_on__lt=on)),
        ahead=Count("pk", filter=OWED & Q(due_on__gte=on)),
    )
    return Fulfilment(**counts)

"""One unit: its figures, and what it owes by when."""

from dataclasses import dataclass

from django.db.models import Count

from cases.flow.table import table_of
from cases.models import Dispute
from cases.states import Kind, Standing
from dashboards.figures.asked import Asked
from dashboards.leaders.ratios import Card, cards
from foundations.access.policy import visible_to
from members.models import Organization
from services.deadlines.models import Deadline, DeadlineQuerySet

FIGURES = ("R6", "R6a", "R7", "R5", "R2", "R8", "R9", "R10", "R15", "R16")
"""What a unit is asked about: its heads, its losses, letters to it, what it has to perform."""
OWED = 12


@dataclass(frozen=True)
class UnitPage:
    """`asked` is narrowed to the unit."""

    asked: Asked
    unit: Organization

    def cards(self) -> list[Card]:
        """Those of the figures that are counted by unit."""
        made = cards(self.asked, FIGURES, with_course=False)
        return [card for card in made if card.line.value is not None]

    def owed(self) -> list[Deadline]:
        """What it has to do, the earliest day first."""
        rows = self._duties().select_related("provision").prefetch_related("subject")
        return list(rows.order_by("due_on", "pk")[:OWED])

    def owed_in_all(self) -> tuple[int, int]:
        """Open duties, and those of them that are overdue."""
        rows = self._duties()
        return rows.count(), rows.overdue(on=self.asked.on).count()

    def _duties(self) -> DeadlineQuerySet:
        rows: DeadlineQuerySet = visible_to(self.asked.reader, Deadline).duties()
        return rows.filter(owed_by=self.unit)

    def stages(self) -> list[tuple[str, int]]:
        return stages(self.asked)


def stages(asked: Asked) -> list[tuple[str, int]]:
    """The disputes that are under way, by the procedure in which they stand."""
    rows = visible_to(asked.reader, Dispute).filter(
        jurisdiction=asked.mechanism.jurisdiction_id, standing=Standing.OPEN
    )
    if asked.unit is not None:
        rows = rows.filter(agency=asked.unit)
    found = rows.order_by().values("kind").annotate(n=Count("pk"))
    counts = {row["kind"]: row["n"] for row in found}
    order = list(Kind)
    return [
        (table_of(kind).name, counts[kind])
        for kind in sorted(counts, key=lambda kind: order.index(Kind(kind)))
    ]

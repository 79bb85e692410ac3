"""One unit: its figures beside those of the whole, and what it owes by when."""

from dataclasses import dataclass, replace

from cases.flow.table import table_of
from cases.states import Kind
from dashboards.figures.asked import Asked
from dashboards.leaders.ratios import Card, cards
from dashboards.leaders.told import (
    OVERDUE,
    OWED,
    UNDER_WAY,
    Standing,
    duties,
    overdue,
    standing,
    told_url,
)
from members.models import Organization
from services.deadlines.models import Deadline

FIGURES = ("R6", "R6a", "R7", "R5", "R2", "R8", "R9", "R10", "R15", "R16")
"""What a unit is asked about: its heads, its losses, letters to it, what it has to perform."""
OWED_SHOWN = 12


@dataclass(frozen=True)
class Stage:
    """Disputes that stand in one procedure; `url` leads to exactly so many."""

    name: str
    n: int
    url: str
    share: int = 0

    @property
    def width(self) -> str:
        return f"{self.share}%"


@dataclass(frozen=True)
class UnitPage:
    """`asked` is narrowed to the unit."""

    asked: Asked
    unit: Organization

    def cards(self) -> list[Card]:
        """Those of the figures that are counted by unit, with what the whole came to."""
        made = cards(self.asked, FIGURES, with_course=False)
        whole = cards(replace(self.asked, unit=None), FIGURES, with_course=False)
        return [
            replace(card, whole=of_all.line)
            for card, of_all in zip(made, whole, strict=True)
            if card.line.value is not None
        ]

    def owed(self) -> list[Deadline]:
        """What it has to do, the earliest day first."""
        rows = duties(self.asked).select_related("provision").prefetch_related("subject")
        return list(rows.order_by("due_on", "pk")[:OWED_SHOWN])

    def owed_in_all(self) -> tuple[int, int]:
        """Open duties, and those of them that are overdue."""
        return duties(self.asked).count(), overdue(self.asked).count()

    @property
    def owed_url(self) -> str:
        return told_url(self.asked.mechanism.key, OWED, unit=self.unit)

    @property
    def overdue_url(self) -> str:
        return told_url(self.asked.mechanism.key, OVERDUE, unit=self.unit)

    def stages(self) -> list[Stage]:
        return stages(self.asked, standing(self.asked))


def stages(asked: Asked, now: Standing) -> list[Stage]:
    """The disputes that are under way, by the procedure in which they stand."""
    counts = now.by_kind
    most = max(counts.values(), default=1)
    order = list(Kind)
    return [
        Stage(
            table_of(kind).name,
            counts[kind],
            told_url(asked.mechanism.key, UNDER_WAY, unit=asked.unit, kind=kind),
            100 * counts[kind] // most,
        )
        for kind in sorted(counts, key=lambda kind: order.index(Kind(kind)))
    ]

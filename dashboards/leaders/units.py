"""Which units are behind: how often their heads came, what they lost, what they owe."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from dashboards.figures.asked import Asked
from foundations.access.policy import visible_to
from members.models import Organization
from services.deadlines.models import Deadline
from services.indicators.questions import UNIT, by_group
from services.indicators.values import NOTHING, Value

SHOWN = 6


@dataclass(frozen=True)
class UnitLine:
    """`place` counts from the lowest rate; None where the base is too small to rank (I9)."""

    unit: Organization
    appeared: Value
    lost: Value | None
    overdue: int
    place: int | None
    low: bool

    @property
    def width(self) -> str:
        return f"{self.appeared.figure or 0}%"

    @property
    def lost_text(self) -> str:
        return f"{self.lost.n} / {self.lost.d}" if self.lost and self.lost.d else NOTHING


def unit_lines(asked: Asked) -> list[UnitLine]:
    """By rate of appearance, the lowest first; small bases last and not ranked."""
    came, lost = _by_unit(asked, "R6"), _by_unit(asked, "R5")
    units = Organization.objects.in_bulk([pk for pk in came if isinstance(pk, int)])
    owed = _overdue(asked)
    least = asked.choices["R6"].at_least if "R6" in asked.choices else None
    order = sorted(units.values(), key=lambda unit: _rank(unit, came[unit.pk]))
    lines, place = [], 0
    for unit in order:
        value = came[unit.pk]
        place += not value.is_small
        below = least is not None and value.figure is not None and value.figure < least
        shown = None if value.is_small else place
        lines.append(UnitLine(unit, value, lost.get(unit.pk), owed[unit.pk], shown, below))
    return lines


def _rank(unit: Organization, value: Value) -> tuple:
    return (value.is_small, value.figure or 0, -value.d, unit.order, unit.pk)


def _by_unit(asked: Asked, key: str) -> dict:
    choice = asked.choices.get(key)
    if choice is None:
        return {}
    question = asked.question(choice.indicator, choice.variant, choice.months)
    return by_group(question, UNIT) if question else {}


def _overdue(asked: Asked) -> Counter[int]:
    rows = visible_to(asked.reader, Deadline).overdue(on=asked.on)
    rows = rows.filter(jurisdiction=asked.mechanism.jurisdiction_id).order_by()
    found = rows.values("owed_by").annotate(n=Count("pk"))
    return Counter({row["owed_by"]: row["n"] for row in found})

"""Which units are behind: how often their heads came, what they lost, what they owe."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dashboards.figures.asked import Asked
from dashboards.figures.lines import Line
from dashboards.leaders.told import OVERDUE, UNDER_WAY, Standing, standing, told_url
from members.models import Organization
from members.states import OrganizationKind
from services.indicators.questions import UNIT, Question, by_groups
from services.indicators.values import HUNDRED, NOTHING, Value

SHOWN = 8


class Rank(TextChoices):
    """By what units are put in order; whoever is furthest behind comes first."""

    APPEARED = "appeared", _("Rate of appearance")
    LOST = "lost", _("Rate of loss")
    ANSWERED = "answered", _("Suggestions answered")
    OVERDUE = "overdue", _("Overdue")
    UNDER_WAY = "under_way", _("Disputes under way")


FIGURES = {Rank.APPEARED: "R6", Rank.LOST: "R5", Rank.ANSWERED: "R8"}
MOST_FIRST = (Rank.LOST, Rank.OVERDUE, Rank.UNDER_WAY)


@dataclass(frozen=True)
class Cell:
    """A figure of a unit; `leads` where its own rows can be asked for."""

    line: Line
    leads: bool


@dataclass(frozen=True)
class UnitLine:
    """`place` counts from whoever is furthest behind; None where the base is too small to
    rank (I9). `low`: its figure misses the target. `most` is the largest count of a unit."""

    unit: Organization
    mechanism_key: str
    cells: dict[Rank, Cell]
    overdue: int
    under_way: int
    rank: Rank = Rank.APPEARED
    place: int | None = None
    most: int = 1

    @property
    def appeared(self) -> Value:
        return self._value(Rank.APPEARED) or Value(0, 0)

    @property
    def lost(self) -> Value | None:
        return self._value(Rank.LOST)

    def _value(self, rank: Rank) -> Value | None:
        cell = self.cells.get(rank)
        return cell.line.value if cell else None

    @property
    def ranked(self) -> Value | None:
        """The figure that it is ranked by; None for a count."""
        return self._value(self.rank)

    @property
    def count(self) -> int:
        return self.overdue if self.rank == Rank.OVERDUE else self.under_way

    @property
    def text(self) -> str:
        if self.rank in FIGURES:
            return self.ranked.text if self.ranked else NOTHING
        return str(self.count)

    @property
    def width(self) -> str:
        if self.rank in FIGURES:
            return f"{min(self.ranked.figure or 0, HUNDRED) if self.ranked else 0}%"
        return f"{100 * self.count // (self.most or 1)}%"

    @property
    def low(self) -> bool:
        cell = self.cells.get(self.rank)
        return cell is not None and cell.line.meets is False

    @property
    def target(self) -> str:
        """Where the target stands on the bar; empty without one."""
        cell = self.cells.get(self.rank)
        bound = cell.line.bound if cell else None
        return "" if bound is None else f"{bound}%"

    @property
    def lost_text(self) -> str:
        return f"{self.lost.n} / {self.lost.d}" if self.lost and self.lost.d else NOTHING

    @property
    def overdue_url(self) -> str:
        return told_url(self.mechanism_key, OVERDUE, unit=self.unit)

    @property
    def under_way_url(self) -> str:
        return told_url(self.mechanism_key, UNDER_WAY, unit=self.unit)


def unit_lines(
    asked: Asked, rank: Rank = Rank.APPEARED, now: Standing | None = None
) -> list[UnitLine]:
    """Whoever is furthest behind first; small bases and units without a figure last and not
    ranked. A statement for each count, and for all figures of the same rows."""
    columns = _by_unit(asked)
    now = now or standing(asked)
    owed, cases = now.overdue, now.by_unit
    keys = {*owed, *cases, *(key for found in columns.values() for key in found)}
    units = Organization.objects.in_bulk([key for key in keys if isinstance(key, int)])
    most = max((owed if rank == Rank.OVERDUE else cases).values(), default=1)
    lines = [
        UnitLine(
            unit,
            asked.mechanism.key,
            _cells(asked, columns, unit),
            owed[unit.pk],
            cases[unit.pk],
            rank,
            most=most,
        )
        for unit in units.values()
    ]
    return placed(lines)


def placed(lines: list[UnitLine]) -> list[UnitLine]:
    """By rate, then by base; of a count the most first. Small bases and nothing last (I9)."""
    lines = sorted(lines, key=_order)
    large = sum(not _is_small(line) for line in lines)
    return [
        replace(line, place=place) if place <= large else line
        for place, line in enumerate(lines, start=1)
    ]


def _is_small(line: UnitLine) -> bool:
    if line.rank in FIGURES:
        return line.ranked is None or line.ranked.is_small
    return not line.count


def _order(line: UnitLine) -> tuple:
    figure: Decimal | int = line.count
    base = 0
    if line.rank in FIGURES:
        value = line.ranked or Value(0, 0)
        figure, base = value.figure or 0, value.d
    sign = -1 if line.rank in MOST_FIRST else 1
    return (
        _is_small(line),
        line.rank in FIGURES and not base,
        sign * figure,
        -base,
        line.unit.order,
        line.unit.pk,
    )


def _cells(
    asked: Asked, columns: dict[Rank, dict[Hashable, Value]], unit: Organization
) -> dict[Rank, Cell]:
    own = replace(asked, unit=unit)
    leads = unit.kind != OrganizationKind.DIVISION and unit.held_within(
        asked.first_on, asked.last_on
    )
    cells = {}
    for rank, key in FIGURES.items():
        choice = asked.choices.get(key)
        if choice is not None:
            value = columns[rank].get(unit.pk, Value(0, 0, choice.indicator.unit))
            cells[rank] = Cell(Line(own, choice, choice.variant, value), leads)
    return cells


def _by_unit(asked: Asked) -> dict[Rank, dict[Hashable, Value]]:
    """A statement for all figures of the same rows."""
    asks = {rank: _question(asked, key) for rank, key in FIGURES.items()}
    known = {rank: one for rank, one in asks.items() if one is not None}
    found = dict(zip(known, by_groups(list(known.values()), UNIT), strict=True))
    return {rank: found.get(rank, {}) for rank in FIGURES}


def _question(asked: Asked, key: str) -> Question | None:
    choice = asked.choices.get(key)
    return asked.question(choice.indicator, choice.variant, choice.months) if choice else None

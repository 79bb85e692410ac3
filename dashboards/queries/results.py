"""What a query comes to: its lines, and the same told apart by unit, by area or by month."""

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases.dictionaries import area_names
from dashboards.figures.asked import Asked
from dashboards.figures.lines import Line, lines_of
from dashboards.queries.states import Grouping
from dashboards.queries.wanted import Pick, Wanted
from members.models import Organization
from members.states import OrganizationKind
from services.indicators.definitions import Unit, Variant
from services.indicators.periods import months_of
from services.indicators.profile import Choice
from services.indicators.questions import by_group, by_month
from services.indicators.values import Value

Column = Mapping[Any, Value] | None
"""The values of an indicator by the keys of the groups; None where its rows know no such
groups, or where it cannot be counted."""


@dataclass(frozen=True)
class Cell:
    """One figure of a group; `leads` says whether its numbers lead to their rows."""

    line: Line
    leads: bool

    @property
    def parts(self) -> str:
        value = self.line.value
        if value is None or value.broken or self.line.is_count:
            return ""
        return f"{value.n} / {value.d}"


@dataclass(frozen=True)
class Row:
    """A unit, an area or a month with a cell for each indicator."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Part:
    """As many indicators beside each other as a page holds."""

    heads: tuple[Line, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Result:
    """`missing` says which indicators or ways of counting are not defined any more."""

    wanted: Wanted
    asked: Asked
    lines: tuple[Line, ...]
    rows: tuple[Row, ...]
    missing: tuple[str, ...]

    @property
    def is_apart(self) -> bool:
        return self.wanted.grouping != Grouping.NONE

    def parts(self, wide: int) -> list[Part]:
        starts = range(0, len(self.lines), wide)
        return [
            Part(
                self.lines[start : start + wide],
                tuple(Row(row.name, row.cells[start : start + wide]) for row in self.rows),
            )
            for start in starts
        ]


def result_of(wanted: Wanted, asked: Asked) -> Result:
    """A statement for all figures of the same rows, and one for each that is told apart."""
    pairs, missing = _chosen(wanted.picks, asked.choices)
    lines = lines_of(asked, pairs)
    rows = _rows(wanted.grouping, asked, lines)
    return Result(wanted, asked, tuple(lines), tuple(rows), tuple(missing))


def _chosen(
    picks: Sequence[Pick], choices: Mapping[str, Choice]
) -> tuple[list[tuple[Choice, Variant]], list[str]]:
    pairs, missing = [], []
    for pick in picks:
        choice = choices.get(pick.key)
        if choice is None:
            message = _("The indicator %(key)s is not defined any more and is left out.")
            missing.append(message % {"key": pick.key})
            continue
        variant = choice.indicator.variants.get(pick.way)
        if pick.way and variant is None:
            message = _("%(name)s is not counted by “%(way)s” any more, but by “%(now)s”.")
            names = {"name": choice.indicator.name, "way": pick.way, "now": choice.variant.name}
            missing.append(message % names)
        pairs.append((choice, variant or choice.variant))
    return pairs, missing


def _rows(grouping: Grouping, asked: Asked, lines: Sequence[Line]) -> Iterator[Row]:
    if grouping == Grouping.NONE:
        return
    if grouping == Grouping.MONTH:
        yield from _months(asked, lines)
        return
    columns = [_column(line, grouping) for line in lines]
    names = _names(lines, columns, grouping)
    narrowed = _narrowed(asked, grouping, names)
    for key, name in names.items():
        part = narrowed(key)
        yield Row(name, tuple(_cells(lines, columns, key, part or asked, leads=part is not None)))


def _column(line: Line, name: str) -> Column:
    if not _is_counted(line) or name not in line.variant.counted_in.groups:
        return None
    question = line.asked.question(line.indicator, line.variant, line.choice.months)
    return by_group(question, name) if question else None


def _is_counted(line: Line) -> bool:
    return line.value is not None and not line.value.broken


def _names(lines: Sequence[Line], columns: Sequence[Column], name: str) -> dict[Hashable, str]:
    """The words of every group that a column has, in the order in which they are printed;
    rows without a group are in the whole alone."""
    keys = {key for column in columns for key in column or () if key is not None}
    words: list[Callable[[Collection[Hashable]], Mapping[Hashable, str]]] = []
    for line, column in zip(lines, columns, strict=True):
        if column is not None:
            words.append(line.variant.counted_in.groups[name].words)
    named: dict[Hashable, str] = {}
    for one in dict.fromkeys(words):
        named |= {key: word for key, word in one(list(keys)).items() if key in keys}
    return {key: str(word) for key, word in named.items()}


def _narrowed(
    asked: Asked, grouping: Grouping, names: Collection[Hashable]
) -> Callable[[Hashable], Asked | None]:
    """Which question a group's own list answers; None where no address can ask for it."""
    if grouping == Grouping.AREA:
        areas = area_names()
        return lambda key: replace(asked, area=str(key)) if key in areas else None
    units = Organization.objects.filter(jurisdiction=asked.mechanism.jurisdiction_id)
    own = units.exclude(kind=OrganizationKind.DIVISION).in_bulk([*names])
    return lambda key: (
        replace(asked, unit=own[key])
        if key in own and own[key].held_within(asked.first_on, asked.last_on)
        else None
    )


def _months(asked: Asked, lines: Sequence[Line]) -> Iterator[Row]:
    columns = [_by_month(line) for line in lines]
    for first, last in months_of(asked.first_on, asked.last_on):
        part = replace(asked, first_on=first, last_on=last)
        key: date = first.replace(day=1)
        yield Row(f"{key:%Y-%m}", tuple(_cells(lines, columns, key, part, leads=True)))


def _by_month(line: Line) -> Column:
    """What no date places has no months."""
    if not _is_counted(line) or not line.variant.date:
        return None
    question = line.asked.question(line.indicator, line.variant, line.choice.months)
    return by_month(question) if question else None


def _cells(
    lines: Sequence[Line], columns: Sequence[Column], key: Hashable, part: Asked, *, leads: bool
) -> Iterator[Cell]:
    for line, column in zip(lines, columns, strict=True):
        value = None if column is None else column.get(key, _nothing(line.indicator.unit))
        yield Cell(Line(part, line.choice, line.variant, value), leads)


def _nothing(unit: Unit) -> Value:
    return Value(0, 0, unit)

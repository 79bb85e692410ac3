"""The returns of a duty in a year: units × terms, and what each unit's figures come to."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from foundations.calendars.terms import Per, Term, terms_of
from mechanisms.findings import SOON
from members.models import Organization
from returns.fields import Field, fields_of
from returns.models import Return, ReturnDuty
from returns.states import ReturnState

ICONS = {
    "over": "exclamation-octagon-fill",
    "soon": "clock-history",
    "due": "circle",
    "sent": "send",
    "read": "check2-all",
    "late": "check2",
}


SHORT = "short"
PARTS = {"over": ("over",), "soon": ("soon",), "due": ("due",), "in": ("sent", "read", "late")}
"""The counts above the matrix and what they count; SHORT counts units."""


@dataclass(frozen=True)
class Cell:
    row: Return
    on: date

    @property
    def kind(self) -> str:
        """The class of the board: over, soon, due, sent, late, read."""
        if self.row.is_owed:
            if self.row.due_on < self.on:
                return "over"
            return "soon" if self.row.due_on - self.on <= SOON else "due"
        if self.row.is_late:
            return "late"
        return "read" if self.row.state == ReturnState.ACCEPTED else "sent"

    @property
    def icon(self) -> str:
        if self.row.state == ReturnState.RETURNED and self.kind != "over":
            return "arrow-return-left"
        return ICONS[self.kind]

    @property
    def day(self) -> date:
        return self.row.sent_on or self.row.due_on

    @property
    def words(self) -> str:
        names = {"state": self.row.state_words, "term": self.row.label}
        return _("%(term)s: %(state)s") % names


@dataclass(frozen=True)
class Sum:
    """What a unit's figures of a year come to for one field."""

    field: Field
    total: Any

    @property
    def shown(self) -> str:
        return self.field.shown_sum(self.total)

    @property
    def short(self) -> bool:
        return self.field.short_of(self.total)


@dataclass(frozen=True)
class Line:
    organization: Organization
    cells: tuple[Cell | None, ...]
    sums: tuple[Sum, ...]

    @property
    def handed_in(self) -> int:
        return sum(cell is not None and not cell.row.is_owed for cell in self.cells)

    @property
    def asked(self) -> int:
        return sum(cell is not None for cell in self.cells)

    @property
    def short(self) -> bool:
        return any(one.short for one in self.sums)

    def showing(self, kinds: Collection[str]) -> "Line":
        cells = (cell if cell and cell.kind in kinds else None for cell in self.cells)
        return replace(self, cells=tuple(cells))


@dataclass(frozen=True)
class Matrix:
    duty: ReturnDuty
    year: int
    on: date
    lines: tuple[Line, ...]

    @property
    def terms(self) -> list[Term]:
        return terms_of(Per(self.duty.per), self.year)

    @property
    def fields(self) -> list[Field]:
        return fields_of(self.duty.fields)

    @property
    def totals(self) -> list[Sum]:
        """Of all units, field by field; nothing is owed by all of them together."""
        found = []
        for n, field in enumerate(self.fields):
            whole = field.summed(line.sums[n].total for line in self.lines)
            found.append(Sum(Field(field.key, field.label, field.kind, unit=field.unit), whole))
        return found

    @property
    def covered(self) -> tuple[int, int]:
        """How many of the returns asked for are there."""
        return sum(line.handed_in for line in self.lines), sum(line.asked for line in self.lines)

    @property
    def short_units(self) -> list[Organization]:
        return [line.organization for line in self.lines if line.short]

    def counts(self) -> dict[str, int]:
        kinds = [cell.kind for line in self.lines for cell in line.cells if cell]
        return {kind: kinds.count(kind) for kind in ICONS}

    def showing(self, part: str) -> "Matrix":
        """The units of which a count of the strip speaks, and of their returns those alone;
        all for any other word."""
        if part == SHORT:
            return replace(self, lines=tuple(line for line in self.lines if line.short))
        if part not in PARTS:
            return self
        lines = (line.showing(PARTS[part]) for line in self.lines)
        return replace(self, lines=tuple(line for line in lines if line.asked))

    def table(self) -> list[list]:
        """Plain cells, heads first: a line a unit, a column a term and a figure."""
        heads = [_("Unit"), *(term.label for term in self.terms)]
        heads += [field.label for field in self.fields]
        rows = [
            [
                line.organization.name,
                *(cell.words if cell else "" for cell in line.cells),
                *(one.shown for one in line.sums),
            ]
            for line in self.lines
        ]
        total = [_("Total"), *("" for _term in self.terms), *(one.shown for one in self.totals)]
        return [heads, *rows, total]


def matrix_of(duty: ReturnDuty, rows: Iterable[Return], year: int, on: date) -> Matrix:
    """`rows` are those returns of the duty and the year that the reader may see."""
    ordered = sorted(rows, key=lambda row: (row.organization.order, row.organization_id, row.n))
    lines = [
        _line(duty, list(held), year, on)
        for _unit, held in groupby(ordered, key=lambda row: row.organization_id)
    ]
    return Matrix(duty, year, on, tuple(lines))


def _line(duty: ReturnDuty, rows: list[Return], year: int, on: date) -> Line:
    by_term = {row.n: Cell(row, on) for row in rows if row.per == duty.per}
    cells = tuple(by_term.get(term.n) for term in terms_of(Per(duty.per), year))
    return Line(rows[0].organization, cells, tuple(sums_of(duty.fields, rows)))


def sums_of(fields: Iterable[dict], rows: Iterable[Return]) -> Iterator[Sum]:
    """What the handed-in returns of a unit come to; a nil return counts as nought."""
    there = [row for row in rows if not row.is_owed]
    for field in fields_of(fields):
        yield Sum(field, field.summed(_value(field, row) for row in there))


def _value(field: Field, row: Return) -> Any:
    return (0 if field.kind == "count" else None) if row.nil else row.value(field.key)

"""Figures that were kept when they were published, and what the records say of them now.

A table is counted again with the filter that was kept with it, as known on the same day. So
what happened since is no difference; what was entered late or wrongly is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bulletins.models import Bulletin, FigureTable, WhitePaper
from bulletins.states import FigureSource
from bulletins.tables import (
    ERRATUM,
    INDICATORS,
    Picked,
    Rows,
    Scope,
    frozen,
    is_of_indicators,
    table_named,
)
from bulletins.tables.indicators import BEFORE, UNIT_COLUMNS, D, N
from mechanisms.models import Mechanism
from members.models import Organization
from services.indicators.values import NOTHING


@dataclass(frozen=True)
class Kept:
    """A table as it was published; `filter` is what it asked for."""

    mechanism: Mechanism
    issuer: Organization
    key: str
    title: str
    columns: tuple[str, ...]
    rows: Rows
    filter: dict[str, Any]
    counted_at: datetime | None = None

    @property
    def scope(self) -> Scope:
        first, last, known = (
            date.fromisoformat(self.filter[name]) for name in ("first_on", "last_on", "known_on")
        )
        picked = tuple(Picked.of(one) for one in self.filter.get("indicators", ()))
        return Scope(self.mechanism, self.issuer, first, last, known, picked)

    def counted_now(self) -> Rows:
        return frozen(self.key, self.scope).rows


@dataclass(frozen=True)
class Difference:
    """One published figure, and another for the same; a dash where there is none."""

    table: str
    name: str
    column: str
    before: str
    after: str

    @property
    def cells(self) -> list[str | int]:
        return [self.table, self.name, self.column, self.before, self.after]

    def __str__(self) -> str:
        return f"{self.name} {self.before} → {self.after}"


def kept_in(bulletin: Bulletin) -> list[Kept]:
    """The tables that the portal counted, and those of the white paper that it brings."""
    return [*_own(bulletin), *_paper_of(bulletin)]


def _own(bulletin: Bulletin) -> list[Kept]:
    """Of its own tables those that were counted; an old one may not tell for which days."""
    counted = [row for row in bulletin.tables.all() if row.source == FigureSource.PORTAL]
    return [_of_table(bulletin, row) for row in counted if row.filter and row.key != ERRATUM]


def kept_in_paper(paper: WhitePaper) -> list[Kept]:
    return [
        Kept(
            mechanism=paper.mechanism,
            issuer=paper.organization,
            key=one["key"],
            title=one["title"],
            columns=tuple(one["columns"]),
            rows=one["rows"],
            filter=one["filter"],
            counted_at=_moment(one),
        )
        for one in paper.tables
        if one.get("key") and one.get("filter")
    ]


def _moment(kept: dict[str, Any]) -> datetime | None:
    at = kept.get("counted_at")
    return datetime.fromisoformat(at) if at else None


def _of_table(bulletin: Bulletin, row: FigureTable) -> Kept:
    return Kept(
        mechanism=bulletin.mechanism,
        issuer=bulletin.issuer,
        key=row.key,
        title=row.title,
        columns=tuple(row.columns),
        rows=row.rows,
        filter=row.filter,
        counted_at=row.counted_at,
    )


def moved(bulletin: Bulletin) -> list[Difference]:
    """Where what was published is not what the records show."""
    return [
        one
        for kept in kept_in(bulletin)
        for one in differences(kept, kept.counted_now())
        if one.after != NOTHING or not is_of_indicators(kept.key)
    ]


def corrected_by(new: Bulletin) -> list[Difference]:
    """What a correcting issue says otherwise than the one whose place it takes: its tables,
    and those of a white paper that the other brought as the records show them now."""
    if new.corrects is None:
        return []
    rows = {row.key: row.rows for row in new.tables.filter(source=FigureSource.PORTAL)}
    own = [kept for kept in _own(new.corrects) if kept.key in rows]
    found = [one for kept in own for one in differences(kept, rows[kept.key])]
    for kept in _paper_of(new.corrects):
        found += differences(kept, kept.counted_now())
    return found


def _paper_of(bulletin: Bulletin) -> list[Kept]:
    paper: WhitePaper | None = getattr(bulletin, "white_paper", None)
    return kept_in_paper(paper) if paper else []


def differences(kept: Kept, after: Rows) -> list[Difference]:
    """Row by row; n, d and the rate of an indicator are one figure, and what follows from
    others (how it moved, place, target) is none."""
    if is_of_indicators(kept.key):
        return list(_of_indicators(kept, after))
    return list(_of_cells(kept, after))


def _of_indicators(kept: Kept, after: Rows) -> Iterator[Difference]:
    shift = 0 if kept.key == INDICATORS else UNIT_COLUMNS.index("分子") - N
    before, now = ({str(row[0]): row for row in rows} for rows in (kept.rows, after))
    for name in [*before, *(name for name in now if name not in before)]:
        pairs = (
            (kept.columns[N + shift + 2], _figure(before, name, shift), _figure(now, name, shift)),
            (
                kept.columns[BEFORE + shift],
                _cell(before, name, BEFORE + shift),
                _cell(now, name, BEFORE + shift),
            ),
        )
        for column, was, is_now in pairs:
            if was != is_now:
                yield Difference(kept.title, name, column, was, is_now)


def _figure(rows: dict[str, list], name: str, shift: int) -> str:
    """18/131, or the number itself where nothing is divided."""
    row = rows.get(name)
    if row is None:
        return NOTHING
    n, d = row[N + shift], row[D + shift]
    return f"{n}/{d}" if isinstance(d, int) else str(n)


def _cell(rows: dict[str, list], name: str, place: int) -> str:
    return str(rows[name][place]) if name in rows else NOTHING


def _of_cells(kept: Kept, after: Rows) -> Iterator[Difference]:
    table = table_named(kept.key)
    labels = table.labels if table else 1
    before, now = (
        {" ".join(map(str, row[:labels])): row for row in rows} for rows in (kept.rows, after)
    )
    for name in [*before, *(name for name in now if name not in before)]:
        for place in range(labels, len(kept.columns)):
            was, is_now = _cell(before, name, place), _cell(now, name, place)
            if was != is_now:
                yield Difference(kept.title, name, kept.columns[place], was, is_now)

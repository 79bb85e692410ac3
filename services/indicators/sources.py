"""Where figures are counted: rooms register their rows with the conditions that they know.

    sources.register(Source(key="addressees", ...))     # in a room's apps.ready()
    sources.source("addressees")

A definition names the source and its conditions by key. Whoever reads a figure reads it of
the rows that `rows` gives: those of a jurisdiction, and of them only what the reader may open.
"""

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Model, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils.functional import Promise

from foundations.ledgers.ledger import Column
from members.models import Jurisdiction, User

UNIT = "unit"
"""The group that every source with a unit has: questions about it are put to `apiece`."""


@dataclass(frozen=True)
class Terms:
    """What a condition may depend on: the period (both days inclusive), the day as of which
    everything is known, and for how many months something is watched (R13)."""

    first_on: date
    last_on: date
    on: date
    months: int = 6


Condition = Q | Callable[[Terms], Q]
Words = Callable[[Collection[Hashable]], Mapping[Hashable, str]]


@dataclass(frozen=True)
class Group:
    """What rows may be grouped or narrowed by: the column that holds the key of a group, and
    the words for keys, in the order in which groups are printed."""

    label: str | Promise
    column: str
    words: Words


@dataclass(frozen=True)
class Source:
    """Rows of one kind that figures are counted from.

    `rows(jurisdiction, reader)`: those of a place that the reader may open; all of them for
    None, which only common figures ask for (a clause's state, a frozen publication). None
    of `conditions` and `dates` may join to several rows of another table, so that a row is
    counted once. `dates` are columns of days, `sums` columns of whole numbers that may be
    added up; both may be annotations of `rows`. `apiece` has a row for each unit that takes
    part, with the same words: questions about units are put to it, so that a case with two
    defendants counts once in all and once for each (I6). `unit` is the column of that unit.
    `columns` are those of the list behind a figure and of its export; `near` what the list
    loads with its rows. `record` is the relation from a row to the record that has a page and
    a policy, with two underscores between its steps; empty for the row itself.
    """

    key: str
    label: str | Promise
    rows: Callable[[Jurisdiction, User | None], QuerySet]
    conditions: Mapping[str, Condition]
    dates: Mapping[str, str]
    columns: tuple[Column, ...]
    groups: Mapping[str, Group] = field(default_factory=dict)
    sums: Mapping[str, str] = field(default_factory=dict)
    near: tuple[str, ...] = ()
    unit: str = ""
    apiece: "Source | None" = None
    record: str = ""

    @property
    def model(self) -> type[Model]:
        return self.rows(Jurisdiction(pk=0), None).model

    def column(self, group: str) -> str:
        """By what rows are grouped or narrowed. KeyError for what they know nothing of."""
        if group == UNIT and group not in self.groups and self.unit:
            return self.unit
        return self.groups[group].column

    def knows(self, group: str) -> bool:
        return group in self.groups or (group == UNIT and bool(self.unit))

    def asked(self, groups: Collection[str]) -> "Source":
        """The rows to which a question about these groups is put."""
        return self.apiece if UNIT in groups and self.apiece else self

    def met(self, name: str, terms: Terms) -> Q:
        """The condition of that name; "~name" is its opposite. KeyError if there is none."""
        if name.startswith("~"):
            return ~self.met(name[1:], terms)
        found = self.conditions[name]
        return found if isinstance(found, Q) else found(terms)


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    if source.key in _sources:
        raise RuntimeError(f"There is a source {source.key} already.")
    _sources[source.key] = source


def source(key: str) -> Source:
    """KeyError when no room counts that."""
    return _sources[key]


def registered() -> dict[str, Source]:
    return dict(_sources)


def within(conditions: Mapping[str, Condition], prefix: str) -> dict[str, Condition]:
    """The same conditions, of rows that point to those they were written for: what `apiece`
    says of the whole. `prefix` is the name of the relation with two underscores. TypeError
    for a condition that is more than columns compared with values or with each other."""
    return {name: _moved(found, prefix) for name, found in conditions.items()}


def _moved(found: Condition, prefix: str) -> Condition:
    if isinstance(found, Q):
        return _prefixed(found, prefix)

    def later(terms: Terms) -> Q:
        return _prefixed(found(terms), prefix)

    return later


def _prefixed(found: Q, prefix: str) -> Q:
    children = [
        _prefixed(child, prefix) if isinstance(child, Q) else _longer(child, prefix)
        for child in found.children
    ]
    moved = Q(*children, _connector=found.connector)
    return ~moved if found.negated else moved


def _longer(child: Any, prefix: str) -> tuple[str, Any]:
    """A condition on a column, which may be compared with another column of the same row."""
    if not isinstance(child, tuple) or isinstance(child[1], OuterRef):
        raise TypeError(f"Only conditions on columns can be moved, not {child!r}.")
    name, value = child
    if isinstance(value, F):
        return f"{prefix}{name}", F(f"{prefix}{value.name}")  # type: ignore[attr-defined]
    if isinstance(value, Combinable):
        raise TypeError(f"Only columns and values can be moved, not {value!r}.")
    return f"{prefix}{name}", value

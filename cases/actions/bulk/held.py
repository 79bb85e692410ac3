"""Rows that are not written yet, asked as if they were.

The guards, the tables and the clocks ask a procedure for its events, its participants, the
other procedures of its dispute. `hold` lays rows in memory where Django looks for prefetched
ones, so that the same functions judge what is to be written and what was.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import count
from operator import ge, gt, le, lt
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, Q

LOOKUPS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": lambda found, wanted: bool(found == wanted),
    "in": lambda found, wanted: found in wanted,
    "isnull": lambda found, wanted: (found is None) == wanted,
    "startswith": lambda found, wanted: str(found).startswith(wanted),
    "lt": lambda found, wanted: found is not None and lt(found, wanted),
    "lte": lambda found, wanted: found is not None and le(found, wanted),
    "gt": lambda found, wanted: found is not None and gt(found, wanted),
    "gte": lambda found, wanted: found is not None and ge(found, wanted),
}
_numbers = count(1)


class Rows:
    """A list that answers like a queryset of `model`, and changes with what is added to it."""

    def __init__(self, model: type[Model], rows: Iterable[Any] = ()) -> None:
        self.model = model
        self.rows = list(rows)

    def add(self, row: Any) -> None:
        self.rows.append(row)

    def __getattr__(self, name: str) -> Any:
        """What the model's own queryset is asked: its methods run on these rows."""
        queryset = vars(self)["model"]._default_manager.get_queryset()
        method = getattr(type(queryset), name)
        return method.__get__(self)

    def __iter__(self) -> Iterator[Any]:
        return iter(list(self.rows))

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        return bool(self.rows)

    def _like(self, rows: Iterable[Any]) -> "Rows":
        return Rows(self.model, rows)

    def all(self) -> "Rows":
        return self

    def select_related(self, *_names: str) -> "Rows":
        return self

    def filter(self, *conditions: Q, **lookups: Any) -> "Rows":
        wanted = Q(*conditions, **lookups)
        return self._like(row for row in self.rows if matches(row, wanted))

    def exclude(self, *conditions: Q, **lookups: Any) -> "Rows":
        unwanted = Q(*conditions, **lookups)
        return self._like(row for row in self.rows if not matches(row, unwanted))

    def order_by(self, *names: str) -> "Rows":
        """By columns that have a value; "pk" keeps the order in which rows were added."""
        rows = list(self.rows)
        for name in reversed([name for name in names if name.lstrip("-") != "pk"]):
            rows.sort(key=lambda row: getattr(row, name.lstrip("-")), reverse=name[0] == "-")
        return self._like(reversed(rows) if names == ("-pk",) else rows)

    def values_list(self, *names: str, flat: bool = False) -> Any:
        picked = [tuple(_reached(row, name) for name in names) for row in self.rows]
        return Values([one[0] for one in picked] if flat else picked)

    def exists(self) -> bool:
        return bool(self.rows)

    def count(self) -> int:
        return len(self.rows)

    def first(self) -> Any:
        return self.rows[0] if self.rows else None

    def last(self) -> Any:
        return self.rows[-1] if self.rows else None

    def get(self, **lookups: Any) -> Any:
        found = self.filter(**lookups).rows
        if len(found) != 1:
            raise ObjectDoesNotExist(f"{len(found)} rows")
        return found[0]


class Values(list):
    def first(self) -> Any:
        return self[0] if self else None


def matches(row: Any, wanted: Q) -> bool:
    children: list[Any] = list(wanted.children)
    tests = (
        matches(row, child) if isinstance(child, Q) else _holds(row, *child) for child in children
    )
    found = any(tests) if wanted.connector == Q.OR else all(tests)
    return found != wanted.negated


def _holds(row: Any, path: str, wanted: Any) -> bool:
    way, _mark, lookup = path.rpartition("__")
    if lookup not in LOOKUPS or not way:
        way, lookup = path, "exact"
    if lookup == "exact" and wanted is None:
        return _reached(row, way) is None
    return LOOKUPS[lookup](_reached(row, way), wanted)


def _reached(row: Any, way: str) -> Any:
    for name in way.split("__"):
        row = getattr(row, name) if row is not None else None
    return row


def hold(row: Model, **relations: Rows) -> None:
    """Give a row that is not written a key of its own, by which others compare it, and what
    hangs on it."""
    row.pk = -next(_numbers)
    row.__dict__.setdefault("_prefetched_objects_cache", {}).update(relations)
    if "limits" in relations:
        row.__dict__["held_limits"] = relations["limits"]


def held(row: Model, name: str) -> Rows:
    """What `hold` has hung on a row."""
    rows: Rows = row.__dict__["_prefetched_objects_cache"][name]
    return rows

"""What a table is made of: its heads, and who counts for whom over which days."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from mechanisms.models import Mechanism
from members.models import Organization
from services.indicators.values import NOTHING, Value

Rows = list[list[str | int]]
TOTAL = "合计"


@dataclass(frozen=True)
class Picked:
    """An indicator of a table: in the way that the institution has chosen, or in the one that
    a table was counted by."""

    key: str
    variant: str = ""
    months: int = 0

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "Picked":
        return cls(kept["key"], kept.get("variant", ""), kept.get("months", 0))


@dataclass(frozen=True)
class Scope:
    """`issuer` counts what it may see, of the days from `first_on` to `last_on` (inclusive),
    as it is known on `on`; indicators are counted of the whole place."""

    mechanism: Mechanism
    issuer: Organization
    first_on: date
    last_on: date
    on: date
    indicators: tuple[Picked, ...] = ()

    @property
    def principals(self) -> list[str]:
        """As whom the issuer takes part in disputes: itself, whom it acts for, its divisions."""
        keys = {self.issuer.pk, self.issuer.acts_for_id, *self.divisions} - {None}
        return [f"o{pk}" for pk in sorted(key for key in keys if key)]

    @property
    def divisions(self) -> list[int]:
        return list(self.issuer.divisions.values_list("pk", flat=True))

    @property
    def organs(self) -> set[int]:
        """In whose name the issuer handles procedures."""
        return {pk for pk in (self.issuer.pk, self.issuer.acts_for_id) if pk}


@dataclass(frozen=True)
class Table:
    """`count` gives the rows, the sum last; None for a table that people fill in. The first
    `labels` cells of a row say what it is of."""

    key: str
    title: str
    columns: tuple[str, ...]
    count: Callable[[Scope], Rows] | None
    basis: str = ""
    labels: int = 1


@dataclass(frozen=True)
class Counted:
    """What a table came to, its 口径 a line each, and what was asked: all that is frozen."""

    rows: Rows
    basis: str
    filter: dict[str, Any]


def share(part: int, whole: int) -> str:
    """13.74%, as every rate is printed; a dash where nothing can be divided."""
    return Value(part, whole).text


def summed(rows: Rows) -> Rows:
    """The rows with their sum; shares are not summed and left to the caller."""
    if len(rows) < 2:
        return rows
    sums: list[str | int] = [TOTAL]
    for column in list(zip(*rows, strict=True))[1:]:
        numbers = [value for value in column if isinstance(value, int)]
        sums.append(sum(numbers) if len(numbers) == len(column) else NOTHING)
    return [*rows, sums]

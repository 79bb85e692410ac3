"""A figure as it is printed: n, d, the rate beside them, and how it moved; pure (I7, I8)."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from services.indicators.definitions import Better, Unit

HUNDRED, CENT = Decimal(100), Decimal("0.01")
NOTHING = "—"
NO_DATA = "无数据"
SMALL = 10
"""Below this base units are not ranked (I9)."""


@dataclass(frozen=True)
class Value:
    """`n` of `d`; for days `n` is the sum of days of `d` cases, for a count there is no `d`.

    `apart`: what is in neither, by name.
    """

    n: int
    d: int
    unit: Unit = Unit.PERCENT
    apart: tuple[tuple[str, int], ...] = ()

    @property
    def broken(self) -> str:
        """Why it could not be counted; empty for what was."""
        return ""

    @property
    def figure(self) -> Decimal | None:
        """Two decimals, a half rounded up; None where there is nothing to divide by. A
        percentage is in percent: 13.74."""
        if self.unit == Unit.COUNT:
            return Decimal(self.n)
        if not self.d:
            return None
        by = HUNDRED if self.unit == Unit.PERCENT else Decimal(1)
        return rounded(by * self.n / self.d)

    @property
    def is_small(self) -> bool:
        return self.unit != Unit.COUNT and self.d < SMALL

    @property
    def text(self) -> str:
        """13.74%, 2.50倍, 31.20天, 47; a dash without a base."""
        if self.figure is None:
            return NOTHING
        return f"{self.figure}{SIGNS[self.unit]}"

    def __str__(self) -> str:
        if self.unit == Unit.COUNT:
            return self.text
        return f"{self.text}（{self.n} / {self.d}）"


@dataclass(frozen=True)
class Broken(Value):
    """What cannot be counted, and why: stands where its value would stand."""

    reason: str = ""

    @property
    def broken(self) -> str:
        return self.reason

    @property
    def figure(self) -> None:
        return None

    @property
    def is_small(self) -> bool:
        return True

    def __str__(self) -> str:
        return self.text


SIGNS = {Unit.PERCENT: "%", Unit.TIMES: "倍", Unit.DAYS: "天", Unit.COUNT: ""}


def rounded(number: Decimal) -> Decimal:
    return number.quantize(CENT, rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Change:
    """Against the same days of the year before: percentage points of a rate, percent of a
    count (I8). `wanted` says whether it went the wanted way; None where it stood still or
    nothing is wanted."""

    by: Decimal
    in_points: bool
    wanted: bool | None

    @property
    def text(self) -> str:
        return f"{self._signed}{' 个百分点' if self.in_points else '%'}"

    @property
    def short(self) -> str:
        """On a card: +4.12 点."""
        return f"{self._signed}{' 点' if self.in_points else '%'}"

    @property
    def _signed(self) -> str:
        sign = "+" if self.by > 0 else "−" if self.by < 0 else ""
        return f"{sign}{abs(self.by)}"


def change(now: Value, before: Value, better: Better) -> Change | None:
    """None where one of them has no base."""
    if now.figure is None or before.figure is None:
        return None
    in_points = now.unit == Unit.PERCENT
    if in_points:
        by = now.figure - before.figure
    elif not before.figure:
        return None
    else:
        by = rounded(HUNDRED * (now.figure - before.figure) / before.figure)
    return Change(by, in_points, _wanted(by, better))


def _wanted(by: Decimal, better: Better) -> bool | None:
    if not by or better == Better.NEITHER:
        return None
    return (by > 0) == (better == Better.UP)

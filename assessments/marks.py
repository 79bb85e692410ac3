"""How a figure becomes a mark, and marks a total and a rank; pure.

Figures are compared as they are and not as they are printed: 29999 of 30000 is not 100%.
A mark has two decimals, a half rounded up (I7); what is counted from marks is counted from
them as they are printed, so that every reader can count it again.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import TypeVar

from assessments.states import Wanted, Way

CENT, HUNDRED = Decimal("0.01"), 100
LEAST_SCORED = 50
"""A unit of whose weight less percent was scored has a total and no rank (I9)."""
K = TypeVar("K", bound=Hashable)
Steps = Sequence[tuple[Decimal, Decimal]]


@dataclass(frozen=True)
class Measure:
    """The target in the unit of the figure (20 is twenty percent of a percentage); steps are
    bounds in that unit with the percent of the full mark that they give, both inclusive."""

    way: str
    wanted: str
    target: Decimal | None = None
    steps: Steps = ()

    @property
    def down(self) -> bool:
        return self.wanted == Wanted.DOWN


def share(measure: Measure, figure: Fraction) -> Fraction:
    """The part of the full mark that a figure earns, from 0 to 1."""
    if measure.way == Way.STEPS:
        return _by_steps(measure, figure)
    target = Fraction(measure.target or 0)
    reached = figure <= target if measure.down else figure >= target
    if reached or measure.way == Way.THRESHOLD:
        return Fraction(int(reached))
    return target / figure if measure.down else figure / target


def _by_steps(measure: Measure, figure: Fraction) -> Fraction:
    """Of the steps that the figure reaches the hardest; below all of them nothing."""
    ordered = sorted(measure.steps, key=lambda step: step[0], reverse=not measure.down)
    for bound, percent in ordered:
        if figure <= bound if measure.down else figure >= bound:
            return Fraction(percent) / HUNDRED
    return Fraction(0)


def mark(measure: Measure, figure: Fraction, full: Decimal) -> Decimal:
    return two_places(share(measure, figure) * Fraction(full))


def two_places(number: Fraction) -> Decimal:
    """A half rounded up; the number is not negative."""
    return (Decimal(floor(number * HUNDRED + Fraction(1, 2))) / HUNDRED).quantize(CENT)


@dataclass(frozen=True)
class Marked:
    """One item of one unit; `mark` is None where it could not be scored."""

    weight: Decimal
    full: Decimal
    mark: Decimal | None


@dataclass(frozen=True)
class Total:
    """`scored` is the percent of the weight that was scored; what was not is spread over the
    rest in proportion. `value` is out of 100, None where nothing was scored."""

    value: Decimal | None
    scored: Decimal

    @property
    def is_ranked(self) -> bool:
        return self.value is not None and self.scored >= LEAST_SCORED


def total(items: Iterable[Marked]) -> Total:
    there = [one for one in items if one.mark is not None]
    scored = sum((one.weight for one in there), Decimal(0))
    if not scored:
        return Total(None, scored)
    earned = sum(
        (Fraction(one.mark or 0) / Fraction(one.full) * Fraction(one.weight) for one in there),
        Fraction(0),
    )
    return Total(two_places(earned * HUNDRED / Fraction(scored)), scored)


def ranks(totals: Mapping[K, Total]) -> dict[K, int]:
    """1 for the highest; equal totals share a rank and the next is as many lower. Without
    those that are not ranked."""
    ranked = {key: one.value for key, one in totals.items() if one.is_ranked}
    values = [value for value in ranked.values() if value is not None]
    return {
        key: 1 + sum(other > value for other in values)
        for key, value in ranked.items()
        if value is not None
    }

"""Ratios as cards: the figure, its target, how it moved, and its course over the months."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dashboards.figures.asked import Asked
from dashboards.figures.lines import Line, lines_of
from services.indicators.questions import by_month
from services.indicators.values import Value

FIVE = ("R1", "R2", "R3", "R4", "R5")
"""五个比率 (YC-37), in the order of the text."""
BESIDE = ("R6", "R7", "R8", "R10", "R12")
"""Appearance, speaking, suggestions answered and carried out, suits settled."""


@dataclass(frozen=True)
class Card:
    """`course` has the rate of the period so far at the end of each month."""

    line: Line
    course: tuple[tuple[date, Decimal | None], ...] = ()

    @property
    def key(self) -> str:
        return self.line.indicator.key

    @property
    def spark_id(self) -> str:
        return f"spark-{self.key}"

    @property
    def spark(self) -> dict:
        """What the chart draws; months without a base are left open."""
        choice = self.line.choice
        bound = choice.at_least if choice.at_least is not None else choice.at_most
        return {
            "months": [f"{month.month}月" for month, _rate in self.course],
            "values": [None if rate is None else float(rate) for _month, rate in self.course],
            "target": None if bound is None else float(bound),
        }

    @property
    def has_course(self) -> bool:
        return sum(rate is not None for _month, rate in self.course) > 1


def cards(asked: Asked, keys: tuple[str, ...], *, with_course: bool) -> list[Card]:
    """Those of the keys that the institution counts; one statement for each course."""
    choices = [asked.choices[key] for key in keys if key in asked.choices]
    lines = lines_of(asked, [(one, one.variant) for one in choices])
    return [Card(line, tuple(_course(line)) if with_course else ()) for line in lines]


def _course(line: Line) -> Iterator[tuple[date, Decimal | None]]:
    asked, choice = line.asked, line.choice
    question = asked.question(choice.indicator, line.variant, choice.months)
    if question is None or line.value is None or line.value.broken:
        return
    n = d = 0
    for month, value in by_month(question).items():
        n, d = n + value.n, d + value.d
        yield month, Value(n, d, choice.indicator.unit).figure

"""The ratios term by term: the last months, quarters or years side by side, each against the
same term of the year before."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dashboards.figures.asked import Asked
from dashboards.figures.lines import Line, lines_over
from dashboards.figures.terms import last_terms
from dashboards.leaders.ratios import DURATIONS, FIVE
from foundations.calendars.terms import Per, Term
from services.indicators.definitions import Variant
from services.indicators.profile import Choice

SHOWN = {Per.MONTH: 6, Per.QUARTER: 5, Per.YEAR: 4}
FAMILIES = (FIVE, ("R6", "R7", "R12"), ("R19",), ("C4", "R8", "R10"), ("C1", "C2"))
"""What is compared, in groups as on the leaders' page."""


@dataclass(frozen=True)
class Column:
    """One term, of the running one the days until today."""

    term: Term
    asked: Asked

    @property
    def is_running(self) -> bool:
        return self.asked.last_on < self.term.last_on


@dataclass(frozen=True)
class Row:
    """One indicator in the one way in which it is counted today, term by term."""

    head: Line
    cells: tuple[Line, ...]
    opens: bool = False

    @property
    def with_way(self) -> bool:
        """Does its name alone not say which figure it is?"""
        return self.head.indicator.key == "R19"


@dataclass(frozen=True)
class Comparison:
    per: Per
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def comparison(asked: Asked, per: Per) -> Comparison:
    """Until the term in which `asked.on` lies; every column is counted as the institution
    counts today, so that they can be compared. One statement for all figures of the same
    rows, however many terms."""
    columns = tuple(_columns(asked, per))
    pairs = list(_pairs(asked))
    wanted = [(choice, variant) for choice, variant, _opens in pairs]
    by_term = lines_over([column.asked for column in columns], wanted, apart=False)
    rows = [
        Row(Line(asked, choice, variant), cells, opens)
        for (choice, variant, opens), cells in zip(pairs, zip(*by_term, strict=True), strict=True)
    ]
    return Comparison(per, columns, tuple(rows))


def _columns(asked: Asked, per: Per) -> Iterator[Column]:
    for term in last_terms(per, asked.on, SHOWN[per]):
        last = min(term.last_on, asked.on)
        yield Column(term, replace(asked, first_on=term.first_on, last_on=last))


def _pairs(asked: Asked) -> Iterator[tuple[Choice, Variant, bool]]:
    for keys in FAMILIES:
        opens = True
        for key in keys:
            choice = asked.choices.get(key)
            for variant in _ways(choice) if choice else ():
                yield choice, variant, opens
                opens = False


def _ways(choice: Choice) -> list[Variant]:
    if choice.key != "R19":
        return [choice.variant]
    variants = choice.indicator.variants
    return [variants[key] for key, _word in DURATIONS if key in variants]

"""Ratios as cards: the figure, its target, how it moved, and its course over the months."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dashboards.figures.asked import Asked
from dashboards.figures.lines import Line, lines_over
from services.indicators.definitions import Variant
from services.indicators.profile import Choice
from services.indicators.questions import Question, by_months
from services.indicators.values import Value

FIVE = ("R1", "R2", "R3", "R4", "R5")
"""五个比率 (YC-37), in the order of the text; R3 is the share of mediation (YC-19)."""
BESIDE = ("R6", "R7", "R8", "R10", "R12")
"""Appearance, speaking, suggestions answered and carried out, suits settled."""
ALONE = ("R6", "R7", "R12")
SUGGESTIONS = (("C4", _("Sent")), ("R8", _("Answered")), ("R10", _("Carried out")))
DURATIONS = (("reconsideration", _("All cases")), ("enterprise", _("Of enterprises")))
"""Ways in which R19 is counted: cases of enterprises are to take less time (YC-8)."""


@dataclass(frozen=True)
class Card:
    """`course` has the rate of the period so far at the end of each month; `whole` is the
    same of all units where the card is of one."""

    line: Line
    course: tuple[tuple[date, Decimal | None], ...] = ()
    whole: Line | None = None

    @property
    def key(self) -> str:
        return self.line.indicator.key

    @property
    def spark_id(self) -> str:
        return f"spark-{self.key}"

    @property
    def spark(self) -> dict:
        """What the chart draws; months without a base are left open."""
        bound = self.line.bound
        return {
            "months": [f"{month.month}月" for month, _rate in self.course],
            "values": [None if rate is None else float(rate) for _month, rate in self.course],
            "target": None if bound is None else float(bound),
            "sign": self.line.sign,
        }

    @property
    def has_course(self) -> bool:
        return sum(rate is not None for _month, rate in self.course) > 1


@dataclass(frozen=True)
class Several:
    """Figures that are read together, each with a word for it."""

    title: str | Promise
    lines: tuple[tuple[str | Promise, Line], ...]
    said: str = ""
    good: bool | None = None


@dataclass(frozen=True)
class Ratios:
    """What the strips of the leaders' page hold."""

    five: list[Card]
    alone: list[Card]
    several: list[Several]


Wanted = list[tuple[Choice, Variant]]


def ratios(asked: Asked) -> Ratios:
    """All of them together: a statement for all figures of the same rows, and one for the
    courses of those that the same date places."""
    strips: tuple[Wanted, ...] = (
        _chosen(asked, FIVE),
        _chosen(asked, ALONE),
        _chosen(asked, tuple(key for key, _word in SUGGESTIONS)),
        _durations(asked),
    )
    pairs = [pair for strip in strips for pair in strip]
    lines = iter(lines_over([asked], pairs, apart=False)[0])
    five, alone, suggestions, durations = ([next(lines) for _pair in strip] for strip in strips)
    return Ratios(
        _with_courses(five),
        [Card(line) for line in alone],
        [_letters(suggestions), _days(durations)],
    )


def _letters(lines: list[Line]) -> Several:
    words = dict(SUGGESTIONS)
    named = tuple((words[line.indicator.key], line) for line in lines)
    return Several(_("Judicial suggestions"), named)


def _days(lines: list[Line]) -> Several:
    """Says as well how cases of enterprises compare with all of them."""
    words = dict(DURATIONS)
    named = tuple((words[line.variant.key], line) for line in lines)
    title = _("Mean days of a reconsideration")
    figures = [line.value.figure if line.value else None for line in lines]
    if len(figures) != len(DURATIONS) or None in figures:
        return Several(title, named)
    every, enterprise = figures
    by = enterprise - every
    if not by:
        return Several(title, named, gettext("Enterprises wait as long as all"))
    said = (
        gettext("Enterprises wait %(n)s days longer")
        if by > 0
        else gettext("Enterprises wait %(n)s days less")
    )
    return Several(title, named, said % {"n": abs(by)}, by < 0)


def cards(asked: Asked, keys: tuple[str, ...], *, with_course: bool) -> list[Card]:
    """Those of the keys that the institution counts."""
    (lines,) = lines_over([asked], _chosen(asked, keys), apart=False)
    return _with_courses(lines) if with_course else [Card(line) for line in lines]


def _chosen(asked: Asked, keys: tuple[str, ...]) -> Wanted:
    choices = [asked.choices[key] for key in keys if key in asked.choices]
    return [(one, one.variant) for one in choices]


def _durations(asked: Asked) -> Wanted:
    choice = asked.choices.get("R19")
    variants = choice.indicator.variants if choice else {}
    return [(choice, variants[key]) for key, _word in DURATIONS if choice and key in variants]


def _with_courses(lines: list[Line]) -> list[Card]:
    """One statement for all courses that the same date places."""
    questions = [_followed(line) for line in lines]
    found = iter(by_months([one for one in questions if one is not None]))
    return [
        Card(line, tuple(_course(line, next(found))) if question else ())
        for line, question in zip(lines, questions, strict=True)
    ]


def _followed(line: Line) -> Question | None:
    choice = line.choice
    if line.value is None or line.value.broken:
        return None
    return line.asked.question(choice.indicator, line.variant, choice.months)


def _course(line: Line, months: dict[date, Value]) -> Iterator[tuple[date, Decimal | None]]:
    n = d = 0
    for month, value in months.items():
        n, d = n + value.n, d + value.d
        yield month, Value(n, d, line.choice.indicator.unit).figure

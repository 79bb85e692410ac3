"""Lines of figures: the value beside n and d, how it moved, whether it meets its target."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from dashboards.figures.asked import Asked
from services.indicators.definitions import Indicator, Unit, Variant
from services.indicators.profile import Choice
from services.indicators.questions import D, N, Question, answered
from services.indicators.values import SIGNS, Change, Value, change


@dataclass(frozen=True)
class Line:
    """One way to count one indicator, with what it came to, and `before` a year earlier;
    `value` is None where its rows know no such unit or area."""

    asked: Asked
    choice: Choice
    variant: Variant
    value: Value | None = None
    change: Change | None = None
    before: Value | None = None

    @property
    def indicator(self) -> Indicator:
        return self.choice.indicator

    @property
    def is_chosen(self) -> bool:
        return self.variant == self.choice.variant

    @property
    def url(self) -> str:
        page = reverse("dashboards:figure", args=[self.asked.mechanism.key, self.indicator.key])
        return f"{page}?{self.asked.query}"

    def rows_url(self, part: str) -> str:
        keys = [self.asked.mechanism.key, self.indicator.key, self.variant.key]
        return f"{reverse('dashboards:figure-rows', args=keys)}?{self.asked.query}&part={part}"

    @property
    def n_url(self) -> str:
        return self.rows_url(N)

    @property
    def d_url(self) -> str:
        return self.rows_url(D)

    @property
    def is_summed(self) -> bool:
        """The number above the line is a sum of days and no number of rows."""
        return self.indicator.unit == Unit.DAYS

    @property
    def is_count(self) -> bool:
        return self.indicator.unit == Unit.COUNT

    @property
    def apart(self) -> list[tuple[str, int, str]]:
        """What is told beside it: its name, how many, and where they are listed."""
        told = self.value.apart if self.value else ()
        return [(name, count, self.rows_url(name)) for name, count in told]

    @property
    def sign(self) -> str:
        return SIGNS[self.indicator.unit]

    @property
    def target(self) -> str:
        """≥20%, ≤10%; empty without one."""
        sign = SIGNS[self.indicator.unit]
        bounds = [("≥", self.choice.at_least), ("≤", self.choice.at_most)]
        return "、".join(f"{word}{_short(to)}{sign}" for word, to in bounds if to is not None)

    @property
    def bound(self) -> Decimal | None:
        """The one number that a chart draws as the target."""
        choice = self.choice
        return choice.at_least if choice.at_least is not None else choice.at_most

    @property
    def meets(self) -> bool | None:
        """Of the way of counting that the target is set for; None without figure or target."""
        if self.value is None or not self.is_chosen:
            return None
        return self.choice.meets(self.value)


def _short(number: Decimal | float) -> str:
    return (
        f"{Decimal(str(number)):f}".rstrip("0").rstrip(".") if "." in str(number) else str(number)
    )


def lines_of(asked: Asked, wanted: Iterable[tuple[Choice, Variant]]) -> list[Line]:
    """The lines with the change against the same days of the year before, in the order given."""
    return lines_over([asked], wanted)[0]


def lines_over(
    several: Sequence[Asked], wanted: Iterable[tuple[Choice, Variant]], *, apart: bool = True
) -> list[list[Line]]:
    """The same for several periods, with no more statements than for one. `apart`: with what
    is told beside each figure."""
    pairs = list(wanted)
    questions = [
        [asked.question(choice.indicator, variant, choice.months) for choice, variant in pairs]
        for asked in several
    ]
    found = _both([one for asked in questions for one in asked if one is not None], apart=apart)
    return [
        [
            _line(asked, *pair, found if question else None)
            for pair, question in zip(pairs, its, strict=True)
        ]
        for asked, its in zip(several, questions, strict=True)
    ]


def _line(
    asked: Asked, choice: Choice, variant: Variant, found: Iterator[tuple[Value, Value]] | None
) -> Line:
    """`found` has the next value and that of the year before."""
    if found is None:
        return Line(asked, choice, variant)
    now, before = next(found)
    moved = change(now, before, choice.indicator.better)
    return Line(asked, choice, variant, now, moved, before)


def _both(questions: list[Question], *, apart: bool) -> Iterator[tuple[Value, Value]]:
    """The value of each, and that of the same days a year before."""
    now = questions if apart else [one.bare for one in questions]
    found = answered([*now, *(one.a_year_before.bare for one in questions)])
    return zip(found[: len(now)], found[len(now) :], strict=True)


def part_name(line: Line, part: str) -> str:
    """What the list behind a figure is called; KeyError for a part that it has not."""
    if part == N:
        return _("Counted") if line.is_count else _("Numerator")
    if part == D:
        return _("Denominator")
    return {one.name: one.name for one in line.variant.apart}[part]

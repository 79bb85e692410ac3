"""Lines of figures: the value beside n and d, how it moved, whether it meets its target."""

from collections.abc import Iterable
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
    """One way to count one indicator, with what it came to; `value` is None where its rows
    know no such unit or area."""

    asked: Asked
    choice: Choice
    variant: Variant
    value: Value | None = None
    change: Change | None = None

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
    pairs = list(wanted)
    questions = [
        asked.question(choice.indicator, variant, choice.months) for choice, variant in pairs
    ]
    found = iter(_both([one for one in questions if one is not None]))
    lines = []
    for (choice, variant), question in zip(pairs, questions, strict=True):
        now, before = next(found) if question else (None, None)
        moved = change(now, before, choice.indicator.better) if now and before else None
        lines.append(Line(asked, choice, variant, now, moved))
    return lines


def _both(questions: list[Question]) -> list[tuple[Value, Value]]:
    """The value of each, and that of the same days a year before."""
    before = answered([one.a_year_before for one in questions], apart=False)
    return list(zip(answered(questions), before, strict=True))


def part_name(line: Line, part: str) -> str:
    """What the list behind a figure is called; KeyError for a part that it has not."""
    if part == N:
        return _("Counted") if line.is_count else _("Numerator")
    if part == D:
        return _("Denominator")
    return {one.name: one.name for one in line.variant.apart}[part]

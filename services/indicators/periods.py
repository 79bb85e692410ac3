"""The days over which figures are asked for: read, called by their name, cut into months."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.calendars.periods import add_months
from foundations.calendars.terms import Per, Term

ONE_DAY = timedelta(days=1)
TERM = re.compile(r"(?P<year>\d{4})(?:-(?:(?P<month>\d{2})|Q(?P<quarter>[1-4])|H(?P<half>[12])))?")


@dataclass(frozen=True)
class Period:
    """From one day to another, both inclusive. Raises RuleBroken "period_reversed" (field
    last_on) where it ends before it begins."""

    first_on: date
    last_on: date

    def __post_init__(self) -> None:
        if self.last_on < self.first_on:
            message = _("The period ends (%(last)s) before it begins (%(first)s).")
            names = {"first": self.first_on.isoformat(), "last": self.last_on.isoformat()}
            raise RuleBroken("period_reversed", message % names, "last_on")

    @classmethod
    def of(cls, term: Term) -> Self:
        return cls(term.first_on, term.last_on)

    @property
    def label(self) -> str:
        """2026年11月, 2026年第三季度, 2026年上半年, 2026年度; else both days, as on paper."""
        for per in Per:
            term = Term.around(per, self.first_on)
            if (term.first_on, term.last_on) == (self.first_on, self.last_on):
                return term.label
        if self.first_on == self.last_on:
            return _day(self.first_on)
        if self.first_on.year == self.last_on.year:
            return f"{_day(self.first_on)}至{self.last_on.month}月{self.last_on.day}日"
        return f"{_day(self.first_on)}至{_day(self.last_on)}"

    @property
    def a_year_before(self) -> "Period":
        return Period(*the_year_before(self.first_on, self.last_on))


def parse_period(text: str) -> Period:
    """2026, 2026-H1, 2026-Q3, 2026-11, or two days as 2026-01-01..2026-11-22.

    Raises RuleBroken "period_unknown" for another text, "day_unknown" for a day that is none,
    and "period_reversed".
    """
    first, dots, last = text.strip().partition("..")
    if dots:
        return Period(parse_day(first, "first_on"), parse_day(last, "last_on"))
    term = _term(first.upper())
    if term is None:
        message = _(
            "“%(text)s” is no period; write it as 2026, 2026-H1, 2026-Q3, 2026-11 or "
            "2026-01-01..2026-11-22."
        )
        raise RuleBroken("period_unknown", message % {"text": text}, "period")
    return Period.of(term)


def parse_day(text: str, field: str = "day") -> date:
    """A day as 2026-11-22. Raises RuleBroken "day_unknown" beside the field."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        message = _("“%(text)s” is no date; write it as 2026-11-22.") % {"text": text}
        raise RuleBroken("day_unknown", message, field) from error


def _term(text: str) -> Term | None:
    found = TERM.fullmatch(text)
    if found is None or not 1 <= int(found["year"]) < date.max.year:
        return None
    given = {Per.MONTH: "month", Per.QUARTER: "quarter", Per.HALF_YEAR: "half"}
    for per, name in given.items():
        if found[name]:
            n = int(found[name])
            return Term(int(found["year"]), per, n) if 1 <= n <= 12 // per.months else None
    return Term(int(found["year"]), Per.YEAR)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def the_year_before(first_on: date, last_on: date) -> tuple[date, date]:
    """The same days of last year; the last day of a month stays the last of its month."""
    last = add_months(last_on, -12)
    if (last_on + ONE_DAY).month != last_on.month:
        last = _month_end(last)
    return add_months(first_on, -12), last


def months_of(first_on: date, last_on: date) -> list[tuple[date, date]]:
    """The first and the last day of each month, as far as they are in the period."""
    return list(_months(first_on, last_on))


def _months(first_on: date, last_on: date) -> Iterator[tuple[date, date]]:
    while first_on <= last_on:
        end = min(_month_end(first_on), last_on)
        yield first_on, end
        first_on = end + ONE_DAY


def _month_end(day: date) -> date:
    return add_months(day.replace(day=1), 1) - ONE_DAY

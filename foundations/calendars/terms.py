"""The terms over which offices report and count: a month, quarter, half-year or year; pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from foundations.calendars.periods import add_months


class Per(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"

    @property
    def months(self) -> int:
        return {"month": 1, "quarter": 3, "half_year": 6, "year": 12}[self.value]


@dataclass(frozen=True, order=True)
class Term:
    """The `n`-th term of its kind in a year, counted from 1."""

    year: int
    per: Per
    n: int = 1

    @classmethod
    def around(cls, per: Per, day: date) -> Self:
        """The term in which a day lies."""
        return cls(day.year, per, (day.month - 1) // per.months + 1)

    @property
    def first_on(self) -> date:
        return date(self.year, (self.n - 1) * self.per.months + 1, 1)

    @property
    def last_on(self) -> date:
        return add_months(self.first_on, self.per.months) - timedelta(days=1)

    @property
    def before(self) -> Self:
        return type(self).around(self.per, self.first_on - timedelta(days=1))

    @property
    def label(self) -> str:
        """2026年3月, 2026年第三季度, 2026年上半年, 2026年度: as it is called on paper."""
        named = {
            Per.MONTH: f"{self.n}月",
            Per.QUARTER: f"第{'一二三四'[(self.n - 1) % 4]}季度",
            Per.HALF_YEAR: f"{'上下'[(self.n - 1) % 2]}半年",
            Per.YEAR: "度",
        }
        return f"{self.year}年{named[self.per]}"


def terms_of(per: Per, year: int) -> list[Term]:
    return [Term(year, per, n) for n in range(1, 12 // per.months + 1)]

"""The periods over which letters are told together: a year, or one of its quarters."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Period:
    """A year, or a quarter of it."""

    year: int
    quarter: int = 0

    @property
    def first_on(self) -> date:
        return date(self.year, 3 * (self.quarter or 1) - 2, 1)

    @property
    def last_on(self) -> date:
        month = 3 * (self.quarter or 4)
        return date(self.year, month, 31 if month in (3, 12) else 30)

    @property
    def label(self) -> str:
        """2025年度, or 2026年第三季度: as it is called on paper."""
        if not self.quarter:
            return f"{self.year}年度"
        return f"{self.year}年第{'一二三四'[self.quarter - 1]}季度"


def last_year(on: date) -> Period:
    """What is told in the first quarter (CX-26)."""
    return Period(on.year - 1)

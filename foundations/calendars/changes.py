"""What hangs on the calendars: higher rooms say what a notice would change, and hear of it.

changes.register(Dependent(told=..., words=...))        # in the higher room's apps.ready()
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from foundations.calendars.models import HolidayDay
from foundations.calendars.tables import Row
from foundations.calendars.working_days import WorkCalendar, laid


@dataclass(frozen=True)
class Notice:
    """The days of a year as a notice names them, national or of a region."""

    year: int
    region: str
    days: tuple[Row, ...]

    def concerns(self, calendar: WorkCalendar) -> bool:
        """Does the calendar read this notice?"""
        own = self.region == calendar.region and calendar.regional_days
        return not self.region or own

    def laid_into(self, calendar: WorkCalendar) -> WorkCalendar:
        """The calendar as it would be with these days in the place of those known."""
        layers = {"", calendar.region} if calendar.regional_days else {""}
        kept = HolidayDay.objects.filter(year__region__in=layers).exclude(
            year__region=self.region, year__year=self.year
        )
        rows = [(owner, *row) for owner, *row in kept.values_list(*COLUMNS)]
        rows += [(self.region, *row) for row in self.days]
        rest, work = laid(row[1:] for row in sorted(rows))
        years, own = set(calendar.years), set(calendar.regional_years)
        (own if self.region else years).add(self.year)
        return replace(
            calendar,
            version=f"{calendar.version}+",
            years=frozenset(years),
            regional_years=frozenset(own),
            rest=rest,
            work=work,
        )


COLUMNS = ("year__region", "day", "kind", "name")


@dataclass(frozen=True)
class Dependent:
    """`words` says in a sentence what a notice would change; `told` hears, inside the action
    that publishes it, that it has."""

    words: Callable[[Notice], str]
    told: Callable[[], None]


_dependents: list[Dependent] = []


def register(dependent: Dependent) -> None:
    """A second registration changes nothing."""
    if dependent not in _dependents:
        _dependents.append(dependent)


def dependents() -> tuple[Dependent, ...]:
    return tuple(_dependents)

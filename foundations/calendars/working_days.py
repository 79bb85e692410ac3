"""Which day is a working day: the tables of the holiday notices, weekends where none is loaded."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from foundations.calendars.models import HolidayDay, HolidayYear

NOTICE = _("The holidays are not published yet; reckoned by weekends for now")
ONE_DAY = timedelta(days=1)
SATURDAY = 5
REGIONS = {"45": _("Guangxi"), "64": _("Ningxia"), "65": _("Xinjiang")}  # with days of their own


@dataclass(frozen=True)
class WorkCalendar:
    """The working days of a region; a region's own notice is laid over the national one.

    A make-up workday is a working day though it falls on a weekend. `version` changes
    with every change of a table that the calendar reads. `regional_days` says whether the
    region's own holidays count as rest days: no text settles it for legal periods, so an
    institution chooses. `years` are the national notices known, `regional_years` the
    region's.
    """

    region: str
    regional_days: bool
    version: str
    years: frozenset[int]
    regional_years: frozenset[int]
    rest: dict[date, str]
    work: frozenset[date]

    def is_workday(self, day: date) -> bool:
        if day in self.work:
            return True
        return day not in self.rest and day.weekday() < SATURDAY

    def next_workday(self, day: date) -> date:
        """`day` itself if it is a working day, else the first one after it."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def previous_workday(self, day: date) -> date:
        """`day` itself if it is a working day, else the last one before it."""
        while not self.is_workday(day):
            day -= ONE_DAY
        return day

    def add_workdays(self, day: date, n: int) -> date:
        """The n-th working day after `day`, or before it if n is negative; `day` for 0."""
        step = ONE_DAY if n > 0 else -ONE_DAY
        left = abs(n)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def provisional(self, *days: date) -> bool:
        """Does any of the days fall in a year whose holidays are not loaded? See NOTICE."""
        return any(day.year not in self.years for day in days)

    def missing_years(self, first: date, last: date) -> tuple[int, ...]:
        """The years from `first` to `last` whose national notice is not loaded."""
        return tuple(year for year in range(first.year, last.year + 1) if year not in self.years)

    def missing_regional_years(self, first: date, last: date) -> tuple[int, ...]:
        """The years whose regional notice is not loaded, where the region has its own days."""
        if self.region not in REGIONS or not self.regional_days:
            return ()
        known = self.regional_years
        return tuple(year for year in range(first.year, last.year + 1) if year not in known)

    def holiday(self, day: date) -> str:
        """The name of the holiday that `day` belongs to; "" on any other day."""
        return self.rest.get(day, "")


def get_calendar(region: str = "", *, regional_days: bool = True) -> WorkCalendar:
    """The calendar of a region (two digits of its division code), "" for the national one.

    Without `regional_days` the region's own holidays are working days like any other.
    """
    tables = tuple(
        HolidayYear.objects.filter(region__in={"", region})
        .order_by("region", "year")
        .values_list("region", "year", "version", "digest")
    )
    return _calendar(region, regional_days, tables)


@lru_cache(maxsize=80)
def _calendar(
    region: str, regional_days: bool, tables: tuple[tuple[str, int, int, str], ...]
) -> WorkCalendar:
    layers = {"", region} if regional_days else {""}
    days = HolidayDay.objects.filter(year__region__in=layers).order_by("year__region")
    rest, work = laid(days.values_list("day", "kind", "name"))
    years = frozenset(year for owner, year, _version, _digest in tables if not owner)
    mark = hashlib.sha256(repr((regional_days, tables)).encode()).hexdigest()[:6]
    return WorkCalendar(
        region=region,
        regional_days=regional_days,
        version=f"{region or 'CN'}-{max(years, default=0)}-{mark}",
        years=years,
        regional_years=frozenset(year for owner, year, _version, _digest in tables if owner),
        rest=rest,
        work=work,
    )


def laid(days: Iterable[tuple[date, str, str]]) -> tuple[dict[date, str], frozenset[date]]:
    """The rest days by name and the make-up workdays; a later row is laid over an earlier."""
    rest: dict[date, str] = {}
    work: set[date] = set()
    for day, kind, name in days:
        rest.pop(day, None)
        work.discard(day)
        if kind == HolidayDay.Kind.WORK:
            work.add(day)
        else:
            rest[day] = name or HolidayDay.Kind(kind).value
    return rest, frozenset(work)

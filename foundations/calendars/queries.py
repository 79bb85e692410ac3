from datetime import date

from foundations.calendars.models import HolidayYear

NOVEMBER = 11  # the State Council's notice for the year to come is out by then


def missing_year(on: date) -> int | None:
    """The year whose national notice should be in the tables by `on` and is not."""
    years = [on.year, on.year + 1] if on.month >= NOVEMBER else [on.year]
    known = HolidayYear.objects.filter(region="", year__in=years)
    found = set(known.values_list("year", flat=True))
    return next((year for year in years if year not in found), None)


def lacks_next_year(on: date, region: str) -> bool:
    """Is the region's own notice for the year to come not in the tables by `on`?"""
    return not HolidayYear.objects.filter(region=region, year=on.year + 1).exists()

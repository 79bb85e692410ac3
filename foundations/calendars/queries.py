from datetime import date

from foundations.calendars.models import HolidayYear

NOVEMBER = 11  # the State Council's notice for the year to come is out by then


def missing_year(on: date) -> int | None:
    """The year whose national notice should be in the tables by `on` and is not."""
    years = [on.year, on.year + 1] if on.month >= NOVEMBER else [on.year]
    known = HolidayYear.objects.filter(region="", year__in=years)
    found = set(known.values_list("year", flat=True))
    return next((year for year in years if year not in found), None)

from datetime import date, timedelta

import holidays
import pytest

from foundations.calendars.models import HolidayDay, HolidayYear
from foundations.calendars.periods import Unit, add_months, reckon, reckon_back
from foundations.calendars.working_days import get_calendar

# The notices of the State Council, written out: rest days as (first, last), make-up days.
NOTICES = {
    2023: (
        "01-01/02 01-21/27 04-05/05 04-29/30 05-01/03 06-22/24 09-29/30 10-01/06 12-30/31",
        "01-28 01-29 04-23 05-06 06-25 10-07 10-08",
    ),
    2024: (
        "01-01/01 02-10/17 04-04/06 05-01/05 06-10/10 09-15/17 10-01/07",
        "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    ),
    2025: (
        "01-01/01 01-28/31 02-01/04 04-04/06 05-01/05 05-31/31 06-01/02 10-01/08",
        "01-26 02-08 04-27 09-28 10-11",
    ),
    2026: (
        "01-01/03 02-15/23 04-04/06 05-01/05 06-19/21 09-25/27 10-01/07",
        "01-04 02-14 02-28 05-09 09-20 10-10",
    ),
}


def days_of(year):
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def expected_workdays(year):
    rest, work = NOTICES[year]
    off = set()
    for span in rest.split():
        month, first, last = int(span[:2]), int(span[3:5]), int(span[6:8])
        off |= {date(year, month, number) for number in range(first, last + 1)}
    on = {date(year, int(day[:2]), int(day[3:])) for day in work.split()}
    return [day for day in days_of(year) if day in on or (day not in off and day.weekday() < 5)]


@pytest.mark.parametrize("year", NOTICES)
def test_the_seeded_tables_are_the_published_notices(db, year):
    calendar = get_calendar()

    assert [day for day in days_of(year) if calendar.is_workday(day)] == expected_workdays(year)


@pytest.mark.parametrize("year", [2018, 2020, 2022, 2023, 2024, 2025, 2026])
def test_the_tables_agree_with_an_independent_package(db, year):
    calendar = get_calendar()
    other = holidays.country_holidays("CN", years=year)

    assert [d for d in days_of(year) if calendar.is_workday(d) != other.is_working_day(d)] == []


MONTHS = [
    ("2025-12-31", 2, "2026-02-28"),
    ("2023-12-31", 2, "2024-02-29"),
    ("2024-02-29", 12, "2025-02-28"),
    ("2026-01-31", 1, "2026-02-28"),
    ("2026-01-30", 1, "2026-02-28"),
    ("2026-03-31", -1, "2026-02-28"),
    ("2026-11-15", 2, "2027-01-15"),
    ("2026-01-15", -2, "2025-11-15"),
    ("2026-05-20", 0, "2026-05-20"),
]


@pytest.mark.parametrize(("day", "n", "expected"), MONTHS)
def test_months_keep_the_day_number_or_take_the_last_day(day, n, expected):
    assert add_months(date.fromisoformat(day), n).isoformat() == expected


# trigger, length, unit, where the count ends, last day in time
PERIODS = [
    ("2026-09-28", 2, Unit.MONTHS, "2026-11-28", "2026-11-30"),  # a Saturday moves to Monday
    ("2026-07-31", 2, Unit.MONTHS, "2026-09-30", "2026-09-30"),
    ("2026-08-01", 2, Unit.MONTHS, "2026-10-01", "2026-10-08"),  # the whole holiday is passed
    ("2026-09-10", 10, Unit.DAYS, "2026-09-20", "2026-09-20"),  # a make-up Sunday is worked
    ("2026-09-25", 10, Unit.DAYS, "2026-10-05", "2026-10-08"),
    ("2026-09-24", 5, Unit.WORKDAYS, "2026-10-09", "2026-10-09"),
    ("2026-10-09", 1, Unit.WORKDAYS, "2026-10-10", "2026-10-10"),  # a make-up Saturday
    ("2024-02-29", 1, Unit.YEARS, "2025-02-28", "2025-02-28"),
    ("2026-11-22", 0, Unit.DAYS, "2026-11-22", "2026-11-23"),
]


@pytest.mark.parametrize(("trigger", "length", "unit", "nominal", "due"), PERIODS)
def test_periods_start_the_next_day_and_end_on_a_working_day(
    db, trigger, length, unit, nominal, due
):
    reckoned = reckon(date.fromisoformat(trigger), length, unit, get_calendar())

    assert (str(reckoned.nominal_on), str(reckoned.due_on)) == (nominal, due)


BACKWARD = [
    ("2026-10-12", 3, Unit.DAYS, "2026-10-09", "2026-10-09"),
    ("2026-10-09", 3, Unit.DAYS, "2026-10-06", "2026-09-30"),  # served before the holiday
    ("2026-11-25", 5, Unit.WORKDAYS, "2026-11-18", "2026-11-18"),
]


@pytest.mark.parametrize(("event", "length", "unit", "nominal", "due"), BACKWARD)
def test_a_time_before_an_event_is_never_shortened(db, event, length, unit, nominal, due):
    reckoned = reckon_back(date.fromisoformat(event), length, unit, get_calendar())

    assert (str(reckoned.nominal_on), str(reckoned.due_on)) == (nominal, due)


def test_a_reckoning_says_what_moved_it(db):
    reckoned = reckon(date(2026, 8, 1), 2, Unit.MONTHS, get_calendar())

    assert reckoned.holiday == "国庆节"
    assert reckoned.limits["provisional"] is False
    assert reckoned.limits["steps"][0]["calendar"] == get_calendar().version


def test_a_year_without_a_notice_is_reckoned_by_weekends_and_says_so(db):
    calendar = get_calendar()

    assert calendar.is_workday(date(2031, 10, 1))
    assert calendar.next_workday(date(2031, 10, 4)) == date(2031, 10, 6)
    assert reckon(date(2031, 9, 1), 1, Unit.MONTHS, calendar).provisional
    assert not calendar.provisional(date(2026, 12, 31))


def test_a_region_lays_its_own_days_over_the_national_ones(db):
    notice = HolidayYear.objects.create(year=2025, region="65", source="自治区令第174号")
    HolidayDay.objects.create(year=notice, day=date(2025, 6, 6), kind="rest", name="古尔邦节")
    HolidayDay.objects.create(year=notice, day=date(2025, 6, 8), kind="work")
    xinjiang, nation = get_calendar("65"), get_calendar()

    assert not xinjiang.is_workday(date(2025, 6, 6))
    assert xinjiang.is_workday(date(2025, 6, 8))
    assert nation.is_workday(date(2025, 6, 6))
    assert xinjiang.version != nation.version
    assert not xinjiang.provisional(date(2026, 1, 1))


def test_working_days_are_counted_in_both_directions(db):
    calendar = get_calendar()

    assert calendar.add_workdays(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert calendar.add_workdays(date(2026, 10, 8), -1) == date(2026, 9, 30)
    assert calendar.add_workdays(date(2026, 10, 3), 0) == date(2026, 10, 3)
    assert calendar.previous_workday(date(2026, 10, 3)) == date(2026, 9, 30)


def test_a_calendar_is_read_once(db, django_assert_num_queries):
    get_calendar()
    with django_assert_num_queries(1):
        get_calendar()

"""The holiday notices: as published, as read, and as the calendar reads them."""

from datetime import date, timedelta

import holidays
import pytest

from foundations.calendars.models import HolidayDay, HolidayYear
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
    one = date(year, 1, 1)
    while one.year == year:
        yield one
        one += timedelta(days=1)


def expected_workdays(year):
    rest, work = NOTICES[year]
    off = set()
    for span in rest.split():
        month, first, last = int(span[:2]), int(span[3:5]), int(span[6:8])
        off |= {date(year, month, number) for number in range(first, last + 1)}
    on = {date(year, int(mark[:2]), int(mark[3:])) for mark in work.split()}
    return [one for one in days_of(year) if one in on or (one not in off and one.weekday() < 5)]


@pytest.mark.parametrize("year", NOTICES)
def test_the_seeded_tables_are_the_published_notices(db, year):
    calendar = get_calendar()

    assert [one for one in days_of(year) if calendar.is_workday(one)] == expected_workdays(year)


@pytest.mark.parametrize("year", [2018, 2020, 2022, 2023, 2024, 2025, 2026])
def test_the_tables_agree_with_an_independent_package(db, year):
    calendar = get_calendar()
    other = holidays.country_holidays("CN", years=year)

    assert [d for d in days_of(year) if calendar.is_workday(d) != other.is_working_day(d)] == []


# D-note 7: region, year, the days on which its calendar differs from the national one
REGIONAL = [
    ("65", 2025, "03-31 06-06 06-09 06-10"),
    ("64", 2023, "06-29 06-30"),
    ("64", 2021, "05-13 05-14 07-19 07-20"),
    ("45", 2018, "04-15 04-18 04-19 04-20"),
]


@pytest.mark.parametrize(("region", "year", "marks"), REGIONAL)
def test_the_seeded_regional_tables_are_the_notices_read(db, region, year, marks):
    nation, own = get_calendar(), get_calendar(region)

    differing = [one for one in days_of(year) if nation.is_workday(one) != own.is_workday(one)]
    assert " ".join(f"{one:%m-%d}" for one in differing) == marks
    assert HolidayYear.objects.get(region=region, year=year).source


FEAST = date(2026, 5, 27)


def test_a_regional_notice_changes_its_region_alone(db):
    before = get_calendar("65"), get_calendar("64")
    notice = HolidayYear.objects.create(year=2026, region="65", source="自治区人民政府通知")
    HolidayDay.objects.create(year=notice, day=FEAST, kind="rest", name="古尔邦节")
    after = get_calendar("65"), get_calendar("64")

    assert before[0].is_workday(FEAST)
    assert not after[0].is_workday(FEAST)
    assert after[0].holiday(FEAST) == "古尔邦节"
    assert before[0].version != after[0].version
    assert before[1].version == after[1].version


def test_working_days_are_counted_in_both_directions(db):
    calendar = get_calendar()

    assert calendar.add_workdays(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert calendar.add_workdays(date(2026, 10, 8), -1) == date(2026, 9, 30)
    assert calendar.add_workdays(date(2026, 10, 3), 0) == date(2026, 10, 3)
    assert calendar.next_workday(date(2026, 10, 3)) == date(2026, 10, 8)
    assert calendar.previous_workday(date(2026, 10, 3)) == date(2026, 9, 30)


def test_a_calendar_is_read_once(db, django_assert_num_queries):
    get_calendar()
    with django_assert_num_queries(1):
        get_calendar()

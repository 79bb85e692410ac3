"""The counting rules C1-C14; every expected day is counted by hand from the notices."""

from datetime import date

import pytest

from foundations.calendars.periods import (
    Length,
    Pause,
    Unit,
    add_months,
    in_time,
    reckon,
    reckon_back,
    reckon_until,
)
from foundations.calendars.working_days import get_calendar

FIRST_DAY = "C1 民诉法85 行诉解释48: the first day is not counted"
ROLL = "C2 民法典203 民诉法85 行诉解释48: a last day off moves to the first day after"
MAKE_UP = "C2 民诉法85: a make-up workday is no day off"
MIDDLE = "C3: days off in the middle count"
WORKDAYS = "C4: only working days count, so the end never moves"
MONTHS = "C5 民法典202 203: the same day number, or the last day of the month"
YEARS = "C6: years as months"
FILING = "C9 行诉解释48: neither is the day of filing"


def day(text):
    return date.fromisoformat(text)


def length(words):
    number, unit = words.split()
    return Length(int(number), Unit(unit))


def counted(trigger, words, *, region="", regional_days=True, **happened):
    counts = length(words)
    calendar = get_calendar(region, regional_days=regional_days)
    return reckon(day(trigger), counts.n, counts.unit, calendar, **happened)


def ends(reckoned):
    return str(reckoned.nominal_on), str(reckoned.due_on)


def names(reckoned):
    return [step["step"] for step in reckoned.steps]


def in_2026(*marks):
    return tuple(f"2026-{mark}" for mark in marks)


def paused(spans):
    return [Pause(*map(day, in_2026(*span.split("..")))) for span in spans.split()]


CLIPPED = [
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


@pytest.mark.parametrize(("start", "n", "expected"), CLIPPED)
def test_months_keep_the_day_number_or_take_the_last_day(start, n, expected):
    assert str(add_months(day(start), n)) == expected


# source, trigger, length, where the count ends, last day in time
PERIODS = [
    (FIRST_DAY, "2026-11-02", "3 days", "2026-11-05", "2026-11-05"),
    (FIRST_DAY, "2026-09-30", "8 days", "2026-10-08", "2026-10-08"),
    (FIRST_DAY, "2026-10-03", "5 days", "2026-10-08", "2026-10-08"),  # though it was a day off
    (FIRST_DAY, "2026-11-04", "1 workdays", "2026-11-05", "2026-11-05"),
    (FIRST_DAY, "2026-10-03", "1 workdays", "2026-10-08", "2026-10-08"),
    (FIRST_DAY, "2026-11-22", "0 days", "2026-11-22", "2026-11-23"),
    (ROLL, "2026-09-28", "2 months", "2026-11-28", "2026-11-30"),  # a Saturday moves to Monday
    (ROLL, "2026-08-01", "2 months", "2026-10-01", "2026-10-08"),  # the whole holiday is passed
    (ROLL, "2026-09-25", "10 days", "2026-10-05", "2026-10-08"),
    (ROLL, "2024-11-29", "2 months", "2025-01-29", "2025-02-05"),
    (ROLL, "2026-02-01", "15 days", "2026-02-16", "2026-02-24"),
    (ROLL, "2024-10-01", "2 years", "2026-10-01", "2026-10-08"),
    (ROLL, "2026-08-31", "2 months", "2026-10-31", "2026-11-02"),
    (MAKE_UP, "2026-09-10", "10 days", "2026-09-20", "2026-09-20"),  # a Sunday
    (MAKE_UP, "2026-08-11", "60 days", "2026-10-10", "2026-10-10"),  # a Saturday
    (MAKE_UP, "2025-01-10", "15 days", "2025-01-25", "2025-01-26"),  # Saturday off, Sunday on
    (MAKE_UP, "2023-12-09", "2 months", "2024-02-09", "2024-02-09"),  # 除夕 2024 was worked
    (MIDDLE, "2026-09-28", "15 days", "2026-10-13", "2026-10-13"),
    (WORKDAYS, "2026-09-24", "5 workdays", "2026-10-09", "2026-10-09"),
    (WORKDAYS, "2026-10-09", "1 workdays", "2026-10-10", "2026-10-10"),  # a make-up Saturday
    (WORKDAYS, "2026-02-13", "3 workdays", "2026-02-25", "2026-02-25"),
    (MONTHS, "2025-12-31", "2 months", "2026-02-28", "2026-02-28"),  # a make-up Saturday
    (MONTHS, "2023-12-31", "2 months", "2024-02-29", "2024-02-29"),
    (MONTHS, "2026-07-31", "2 months", "2026-09-30", "2026-09-30"),
    (YEARS, "2024-02-29", "1 years", "2025-02-28", "2025-02-28"),
    (YEARS, "2024-02-29", "2 years", "2026-02-28", "2026-02-28"),
    (FILING, "2026-01-08", "6 months", "2026-07-08", "2026-07-08"),
]


@pytest.mark.parametrize(("source", "trigger", "words", "nominal", "due"), PERIODS)
def test_periods_start_the_next_day_and_end_on_a_working_day(
    db, source, trigger, words, nominal, due
):
    assert ends(counted(trigger, words)) == (nominal, due), source


# C7 民诉法85 行诉解释48: last day, arrived, posted, in time?
POSTED = [
    ("2026-10-08", "2026-10-08", None, True),
    ("2026-10-08", "2026-10-09", None, False),
    ("2026-10-08", "2026-10-20", "2026-10-08", True),
    ("2026-10-08", "2026-10-20", "2026-10-09", False),
]


@pytest.mark.parametrize(("due", "received", "posted", "expected"), POSTED)
def test_what_was_posted_by_the_last_day_is_in_time(due, received, posted, expected):
    posted_on = posted and day(posted)

    assert in_time(day(due), received_on=day(received), posted_on=posted_on) is expected


# C8 行诉解释50, 复议法39; all in 2026, a pause has both its days:
# trigger, length, pauses, nominal end, last day
PAUSES = {
    "none": ("03-02", "30 days", "", "04-01", "04-01"),
    "single": ("03-02", "30 days", "03-10..03-19", "04-11", "04-13"),
    "one day": ("03-02", "30 days", "03-10..03-10", "04-02", "04-02"),
    "two": ("03-02", "30 days", "03-25..03-26 03-10..03-19", "04-13", "04-13"),
    "overlapping": ("03-02", "30 days", "03-10..03-19 03-15..03-24", "04-16", "04-16"),
    "one within the other": ("03-02", "30 days", "03-10..03-19 03-12..03-15", "04-11", "04-13"),
    "before the trigger": ("03-02", "30 days", "02-01..02-20", "04-01", "04-01"),
    "on the trigger": ("03-02", "30 days", "03-02..03-02", "04-01", "04-01"),
    "across the trigger": ("03-02", "30 days", "02-25..03-06", "04-05", "04-07"),
    "after the end": ("03-02", "30 days", "04-02..04-20", "04-01", "04-01"),
    "across the end": ("03-02", "30 days", "03-30..04-08", "04-11", "04-13"),
    "over the day it had moved to": ("09-03", "30 days", "10-08..10-12", "10-03", "10-13"),
    "working days": ("03-02", "10 workdays", "03-05..03-10", "03-20", "03-20"),
    "working days, a weekend": ("03-02", "10 workdays", "03-07..03-08", "03-16", "03-16"),
    "months": ("01-15", "6 months", "03-01..03-31", "08-15", "08-17"),
}


@pytest.mark.parametrize(
    ("trigger", "words", "spans", "nominal", "due"), PAUSES.values(), ids=PAUSES
)
def test_the_days_of_a_pause_are_not_counted(db, trigger, words, spans, nominal, due):
    reckoned = counted(f"2026-{trigger}", words, pauses=paused(spans))

    assert ends(reckoned) == in_2026(nominal, due)


def test_a_pause_is_told_with_its_reason_and_paper(db):
    pause = Pause(day("2026-03-10"), day("2026-03-19"), "等待鉴定", "中止通知书1号")
    reckoned = counted("2026-03-02", "30 days", pauses=[pause])

    assert names(reckoned) == ["trigger", "first_day", "end", "pause", "roll", "calendar"]
    assert reckoned.steps[3] == {
        "step": "pause",
        "from": "2026-03-10",
        "to": "2026-03-19",
        "on": "2026-04-11",
        "length": 10,
        "unit": "days",
        "reason": "等待鉴定",
        "paper": "中止通知书1号",
    }


# what each pause took out of the count, in the unit of the period
TAKEN = {
    "across the trigger": ("30 days", "02-25..03-06", [(4, "days")]),
    "overlapping": ("30 days", "03-10..03-19 03-15..03-24", [(10, "days"), (5, "days")]),
    "working days": ("10 workdays", "03-05..03-10", [(4, "workdays")]),
    "months": ("6 months", "03-10..03-19", [(10, "days")]),
}


@pytest.mark.parametrize(("words", "spans", "taken"), TAKEN.values(), ids=TAKEN)
def test_a_pause_says_how_much_it_took_out_of_the_count(db, words, spans, taken):
    steps = counted("2026-03-02", words, pauses=paused(spans)).steps

    told = [(step["length"], step["unit"]) for step in steps if step["step"] == "pause"]
    assert told == taken


# pauses that move no count: length from 2026-03-02, pauses, what is said of each
OTHERS = {
    "before the trigger": ("30 days", "02-01..02-20", ["pause_idle"]),
    "after the end": ("30 days", "04-02..04-20", ["pause_idle"]),
    "one within the other": ("30 days", "03-10..03-19 03-12..03-15", ["pause_idle"]),
    "a weekend in working days": ("10 workdays", "03-07..03-08", ["pause_idle"]),
    "over the day it had moved to": ("33 days", "04-07..04-08", ["pause_passed"]),
    "counted": ("30 days", "03-10..03-19", []),
}


@pytest.mark.parametrize(("words", "spans", "said"), OTHERS.values(), ids=OTHERS)
def test_a_pause_that_moves_no_count_is_told_too(db, words, spans, said):
    reckoned = counted("2026-03-02", words, pauses=paused(spans))

    assert [step for step in names(reckoned) if step in {"pause_idle", "pause_passed"}] == said


# D3; all in 2026: trigger, length, extension, pauses, nominal end, last day.
# The first length of 60 days ends on 05-01 and would move to 05-06.
EXTENSIONS = {
    "from the nominal end": ("03-02", "60 days", "30 days", "", "05-31", "06-01"),
    "working days": ("09-01", "20 workdays", "20 workdays", "", "11-02", "11-02"),
    "pause before": ("03-02", "60 days", "30 days", "03-10..03-19", "06-10", "06-10"),
    "pause in it": ("03-02", "60 days", "30 days", "05-10..05-14", "06-05", "06-05"),
    "pause across": ("03-02", "60 days", "30 days", "04-29..05-03", "06-05", "06-05"),
}


@pytest.mark.parametrize(
    ("trigger", "words", "more", "spans", "nominal", "due"), EXTENSIONS.values(), ids=EXTENSIONS
)
def test_an_extension_runs_on_from_where_the_count_ended(
    db, trigger, words, more, spans, nominal, due
):
    happened = {"extensions": [length(more)], "pauses": paused(spans)}
    reckoned = counted(f"2026-{trigger}", words, **happened)

    assert ends(reckoned) == in_2026(nominal, due)
    assert "extension" in names(reckoned)


def test_a_deadline_is_a_day_and_no_rule_counts_hours(db):
    """C12: a period ends with its last day. C13: nothing to count in hours or minutes."""
    reckoned = counted("2026-11-02", "3 days")

    assert type(reckoned.due_on) is date
    assert {str(unit) for unit in Unit} == {"days", "workdays", "months", "years"}


# C14: event, length, last day, last working day
BACKWARD = [
    ("2026-10-12", "3 days", "2026-10-09", "2026-10-09"),
    ("2026-10-09", "3 days", "2026-10-06", "2026-09-30"),  # served before the holiday
    ("2026-10-10", "3 days", "2026-10-07", "2026-09-30"),
    ("2026-09-23", "3 days", "2026-09-20", "2026-09-20"),  # a make-up Sunday
    ("2026-11-25", "5 workdays", "2026-11-18", "2026-11-18"),
    ("2026-10-08", "5 workdays", "2026-09-23", "2026-09-23"),
    ("2026-10-12", "2 workdays", "2026-10-09", "2026-10-09"),  # over a make-up Saturday
]


@pytest.mark.parametrize(("event", "words", "due", "latest"), BACKWARD)
def test_a_time_before_an_event_is_never_shortened(db, event, words, due, latest):
    counts = length(words)
    reckoned = reckon_back(day(event), counts.n, counts.unit, get_calendar())

    assert (*ends(reckoned), str(reckoned.latest_working_day)) == (due, due, latest)
    assert ("earlier" in names(reckoned)) is (due != latest)


def test_the_last_day_of_a_calendar_period_never_moves(db):
    reckoned = reckon_until(day("2023-04-01"), day("2023-12-31"), "year")

    assert ends(reckoned) == ("2023-12-31",) * 2


def test_a_reckoning_says_what_moved_it(db):
    reckoned = counted("2026-08-01", "2 months")

    assert names(reckoned) == ["trigger", "first_day", "end", "roll", "calendar"]
    assert reckoned.steps[3] == {
        "step": "roll",
        "from": "2026-10-01",
        "on": "2026-10-08",
        "holiday": "国庆节",
    }
    assert reckoned.steps[4]["version"] == get_calendar().version
    assert reckoned.limits["provisional"] is False


# D-note 4: trigger, length, last day, years without a notice that were looked at
MISSING = [
    ("2031-09-01", "1 months", "2031-10-01", [2031]),
    ("2031-09-04", "1 months", "2031-10-06", [2031]),  # a Saturday still moves
    ("2026-12-20", "15 days", "2027-01-04", [2027]),
    ("2026-12-25", "5 workdays", "2027-01-01", [2027]),
    ("2026-12-20", "10 days", "2026-12-30", []),
    ("2026-12-25", "4 workdays", "2026-12-31", []),
]


@pytest.mark.parametrize(("trigger", "words", "due", "years"), MISSING)
def test_a_year_without_a_notice_is_reckoned_by_weekends_and_says_so(
    db, trigger, words, due, years
):
    reckoned = counted(trigger, words)

    assert str(reckoned.due_on) == due
    assert list(reckoned.missing_years) == years
    assert (reckoned.provisional, "provisional" in names(reckoned)) == (bool(years),) * 2


# event, length, last day, years without a notice that were looked at
MISSING_BACKWARD = [
    ("2027-01-04", "5 workdays", "2026-12-28", [2027]),
    ("2027-01-10", "3 days", "2027-01-07", [2027]),
    ("2027-01-02", "3 days", "2026-12-30", []),  # the day of the event itself is not looked at
    ("2027-01-01", "1 workdays", "2026-12-31", []),
]


@pytest.mark.parametrize(("event", "words", "due", "years"), MISSING_BACKWARD)
def test_a_count_back_is_provisional_only_for_the_days_it_looks_at(db, event, words, due, years):
    counts = length(words)
    reckoned = reckon_back(day(event), counts.n, counts.unit, get_calendar())

    assert (str(reckoned.due_on), list(reckoned.missing_years)) == (due, years)


# D-note 7: region, trigger, length, last day by its calendar, last day where its days do not count
LAYERS = [
    ("65", "2025-05-27", "10 days", "2025-06-11", "2025-06-06"),
    ("65", "2025-06-05", "1 workdays", "2025-06-11", "2025-06-06"),
    ("64", "2023-06-28", "2 days", "2023-07-03", "2023-06-30"),
    ("64", "2023-04-21", "1 workdays", "2023-04-23", "2023-04-23"),  # a national make-up day
    ("64", "2021-05-12", "1 workdays", "2021-05-17", "2021-05-13"),
    ("45", "2018-04-14", "1 days", "2018-04-15", "2018-04-16"),  # a make-up Sunday of its own
    ("45", "2018-04-17", "1 workdays", "2018-04-23", "2018-04-18"),
]


@pytest.mark.parametrize(("region", "trigger", "words", "on", "off"), LAYERS)
def test_a_region_lays_its_own_days_over_the_national_ones(db, region, trigger, words, on, off):
    assert str(counted(trigger, words, region=region).due_on) == on
    assert str(counted(trigger, words, region=region, regional_days=False).due_on) == off
    assert str(counted(trigger, words).due_on) == off


# region, do its days count, trigger, the years of its own that are missing
REGION_MISSING = [
    ("65", True, "2026-03-02", [2026]),
    ("65", True, "2025-03-03", []),
    ("65", False, "2026-03-02", []),
    ("42", True, "2026-03-02", []),  # has no days of its own
    ("", True, "2026-03-02", []),
]


@pytest.mark.parametrize(("region", "counts", "trigger", "years"), REGION_MISSING)
def test_a_missing_regional_notice_is_told_and_is_not_provisional(
    db, region, counts, trigger, years
):
    reckoned = counted(trigger, "10 days", region=region, regional_days=counts)

    told = [step["years"] for step in reckoned.steps if step["step"] == "region_missing"]
    assert told == ([years] if years else [])
    assert not reckoned.provisional

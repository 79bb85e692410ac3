"""Values of figures and periods of time: rounding, changes, small bases, names."""

from datetime import date
from decimal import Decimal

import pytest

from foundations.access.errors import RuleBroken
from services.indicators.definitions import (
    Better,
    Unit,
)
from services.indicators.periods import Period, parse_period, the_year_before
from services.indicators.values import Broken, change
from services.indicators.values import Value as Figure

# ---- values


@pytest.mark.parametrize(
    ("n", "d", "text"),
    [
        (1, 8, "12.50%"),
        (2, 3, "66.67%"),
        (1, 800, "0.13%"),  # 0.125 goes up, not to the even digit
        (3, 800, "0.38%"),  # 0.375
        (0, 7, "0.00%"),
        (7, 7, "100.00%"),
        (0, 0, "—"),
    ],
)
def test_a_half_is_rounded_up(n, d, text):
    assert Figure(n, d).text == text


@pytest.mark.parametrize(
    ("now", "before", "better", "text", "wanted"),
    [
        (Figure(3, 4), Figure(1, 2), Better.UP, "+25.00 个百分点", True),
        (Figure(3, 4), Figure(1, 2), Better.DOWN, "+25.00 个百分点", False),
        (Figure(1, 2), Figure(1, 2), Better.UP, "0.00 个百分点", None),
        (Figure(1, 2), Figure(3, 4), Better.NEITHER, "−25.00 个百分点", None),
        (Figure(6, 6, Unit.COUNT), Figure(4, 4, Unit.COUNT), Better.UP, "+50.00%", True),
        (Figure(50, 2, Unit.DAYS), Figure(40, 1, Unit.DAYS), Better.DOWN, "−37.50%", True),
    ],
)
def test_a_change_in_points_or_in_percent(now, before, better, text, wanted):
    found = change(now, before, better)

    assert (found.text, found.wanted) == (text, wanted)


def test_nothing_to_compare_with():
    nothing, some = Figure(0, 0), Figure(1, 2)

    assert change(some, nothing, Better.UP) is None
    assert change(nothing, some, Better.UP) is None
    assert change(Figure(3, 3, Unit.COUNT), Figure(0, 0, Unit.COUNT), Better.UP) is None


def test_a_small_base():
    """Nine are too few to compare units by, ten are not (I9)."""
    assert (Figure(1, 9).is_small, Figure(1, 10).is_small) == (True, False)
    assert not Figure(1, 1, Unit.COUNT).is_small
    assert Broken(0, 0, Unit.COUNT, reason="x").is_small
    assert Broken(0, 0, Unit.COUNT, reason="x").figure is None
    assert Figure(3, 8).figure == Decimal("37.50")


# ---- periods


@pytest.mark.parametrize(
    ("text", "first", "last", "label"),
    [
        ("2026", "2026-01-01", "2026-12-31", "2026年度"),
        ("2026-h2", "2026-07-01", "2026-12-31", "2026年下半年"),
        ("2026-Q1", "2026-01-01", "2026-03-31", "2026年第一季度"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024年2月"),
        ("2026-01-01..2026-11-22", "2026-01-01", "2026-11-22", "2026年1月1日至11月22日"),
        ("2025-12-01..2026-01-09", "2025-12-01", "2026-01-09", "2025年12月1日至2026年1月9日"),
        ("2026-05-04..2026-05-04", "2026-05-04", "2026-05-04", "2026年5月4日"),
        ("2026-04-01..2026-06-30", "2026-04-01", "2026-06-30", "2026年第二季度"),
    ],
)
def test_a_period_is_read_and_named(text, first, last, label):
    period = parse_period(text)

    assert (period.first_on.isoformat(), period.last_on.isoformat()) == (first, last)
    assert period.label == label


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-11-22..2026-11-21", "period_reversed"),
        ("2026-02-30..2026-03-01", "day_unknown"),
        ("2026-03-01..", "day_unknown"),
        ("2026-13", "period_unknown"),
        ("2026-00", "period_unknown"),
        ("2026-Q5", "period_unknown"),
        ("0000", "period_unknown"),
        ("9999", "period_unknown"),
        ("", "period_unknown"),
        ("去年", "period_unknown"),
    ],
)
def test_a_period_that_is_none_is_refused(text, code):
    with pytest.raises(RuleBroken) as refused:
        parse_period(text)

    assert refused.value.code == code
    assert refused.value.message


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ((2026, 1, 1), (2026, 11, 22), ("2025-01-01", "2025-11-22")),
        ((2025, 2, 1), (2025, 2, 28), ("2024-02-01", "2024-02-29")),
        ((2024, 2, 1), (2024, 2, 29), ("2023-02-01", "2023-02-28")),
        ((2024, 2, 29), (2024, 3, 1), ("2023-02-28", "2023-03-01")),
    ],
)
def test_the_same_days_of_last_year(first, last, expected):
    """A whole month is compared with the whole month, in leap years as well."""
    found = the_year_before(date(*first), date(*last))

    assert tuple(day.isoformat() for day in found) == expected
    assert Period(date(*first), date(*last)).a_year_before == Period(*found)

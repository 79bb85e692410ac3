"""The days of a notice in the form in which they are hashed and first seeded."""

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from chinese_calendar import constants

NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}
Row = tuple[date, str, str]

# The notices known of regions with days of their own, by region and year: the source, and
# (first day, last day, kind, name). 待核对 marks what was read at second hand.
REGIONAL_NOTICES = {
    ("65", 2025): (
        "新疆维吾尔自治区2025年放假通知（自治区令第174号）",
        [
            ("2025-03-29", "2025-03-31", "statutory", "肉孜节"),
            ("2025-06-06", "2025-06-10", "statutory", "古尔邦节"),
        ],
    ),
    ("64", 2023): (
        "宁夏回族自治区2023年假日安排（待核对）",
        [
            ("2023-04-22", "2023-04-22", "statutory", "开斋节"),
            ("2023-06-29", "2023-06-30", "statutory", "古尔邦节"),
        ],
    ),
    ("64", 2021): (
        "宁夏回族自治区2021年假日安排（待核对）",
        [
            ("2021-05-13", "2021-05-14", "statutory", "开斋节"),
            ("2021-07-19", "2021-07-20", "statutory", "古尔邦节"),
        ],
    ),
    ("45", 2018): (
        "广西壮族自治区2018年“三月三”放假通知（待核对）",
        [
            ("2018-04-15", "2018-04-15", "work", "三月三"),
            ("2018-04-18", "2018-04-19", "statutory", "三月三"),
            ("2018-04-20", "2018-04-20", "rest", "三月三"),
        ],
    ),
}


def days_digest(days: Iterable[Row]) -> str:
    """SHA-256 over the (day, kind, name) rows of a notice, whatever their order."""
    text = "\n".join(f"{day.isoformat()} {kind} {name}" for day, kind, name in sorted(days))
    return hashlib.sha256(text.encode()).hexdigest()


def national_years() -> dict[int, list[Row]]:
    """The national notices that the package knows (2004-2026), by year."""
    years: dict[int, list[Row]] = {}
    for day, name in constants.holidays.items():
        kind = "rest" if day in constants.in_lieu_days else "statutory"
        years.setdefault(day.year, []).append((day, kind, NAMES[name]))
    for day, name in constants.workdays.items():
        years.setdefault(day.year, []).append((day, "work", NAMES[name]))
    return {year: sorted(days) for year, days in sorted(years.items())}


def regional_days(spans: Iterable[tuple[str, str, str, str]]) -> list[Row]:
    """The days of a notice that names them by their first and last."""
    days = []
    for first, last, kind, name in spans:
        day = date.fromisoformat(first)
        while day <= date.fromisoformat(last):
            days.append((day, kind, name))
            day += timedelta(days=1)
    return days


def seed_notices(year_model: Any, day_model: Any) -> None:
    """Write the notices that are not there yet; models as a migration has them."""
    for year, days in national_years().items():
        _seed(year_model, day_model, "", year, f"国务院办公厅{year}年节假日安排", days)
    for (region, year), (source, spans) in REGIONAL_NOTICES.items():
        _seed(year_model, day_model, region, year, source, regional_days(spans))


def _seed(
    year_model: Any, day_model: Any, region: str, year: int, source: str, days: list[Row]
) -> None:
    notice, new = year_model.objects.get_or_create(
        year=year, region=region, defaults={"source": source, "digest": days_digest(days)}
    )
    if new:
        day_model.objects.bulk_create(
            day_model(year=notice, day=day, kind=kind, name=name) for day, kind, name in days
        )

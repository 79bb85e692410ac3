"""The days of a notice in the form in which they are hashed and first seeded."""

import hashlib
from collections.abc import Iterable
from datetime import date
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


def seed_national_years(year_model: Any, day_model: Any) -> None:
    """Write the national notices that are not there yet; models as a migration has them."""
    known = set(year_model.objects.filter(region="").values_list("year", flat=True))
    for year, days in national_years().items():
        if year in known:
            continue
        notice = year_model.objects.create(
            year=year,
            region="",
            source=f"国务院办公厅{year}年节假日安排",
            digest=days_digest(days),
        )
        day_model.objects.bulk_create(
            day_model(year=notice, day=day, kind=kind, name=name) for day, kind, name in days
        )

"""Tables of figures as they are printed: cells, and under them when and how it was counted."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from bulletins.models import FigureTable
from bulletins.tables import BY_UNIT, ERRATA
from bulletins.tables.indicators import COLUMNS, UNIT_COLUMNS, WHOLE
from services.indicators.values import NOTHING

WIDTHS: dict[tuple[str, ...], tuple[str, ...]] = {
    COLUMNS: ("w18", "w8", "w8", "w12", "w20", "w16", "w9", "w9"),
    UNIT_COLUMNS: ("w22", "w8", "w8", "w8", "w14", "w22", "w18"),
    ERRATA.columns: ("w24", "w28", "w16", "w16", "w16"),
}
"""How wide the columns of the portal's own tables are on paper."""


def table_of(row: FigureTable) -> dict[str, Any]:
    return {
        "title": row.title,
        "columns": row.columns,
        "heads": _heads(row.columns),
        "rows": [[str(cell) for cell in line] for line in row.rows],
        "small": small_in(row.key, row.rows),
        "basis": row.basis,
        "notes": row.basis.splitlines(),
        "counted": counted_words(row.filter, row.counted_at, row.counted_on),
    }


def table_of_paper(kept: dict[str, Any]) -> dict[str, Any]:
    """A table of a white paper."""
    at = kept.get("counted_at", "")
    moment = datetime.fromisoformat(at) if at else None
    return {
        **kept,
        "heads": _heads(kept["columns"]),
        "rows": [[str(cell) for cell in row] for row in kept["rows"]],
        "small": small_in(kept.get("key", ""), kept["rows"]),
        "notes": kept["basis"].splitlines(),
        "counted": counted_words(kept.get("filter", {}), moment, None),
    }


def _heads(columns: list[str]) -> list[dict[str, str]]:
    """The heads of a table with many columns, set small; none of the others."""
    widths = WIDTHS.get(tuple(columns), ())
    return [{"name": name, "width": width} for name, width in zip(columns, widths, strict=False)]


def small_in(key: str, rows: list[list]) -> list[str]:
    """The units whose base is too small to be ranked (I9): they are printed grey."""
    return [str(row[0]) for row in rows if row[1] == NOTHING] if key.startswith(BY_UNIT) else []


def counted_words(kept: dict[str, Any], at: datetime | None, on: date | None) -> str:
    """统计期间2026年7月1日至9月30日，统计于2026年10月12日9:30。 Empty for what was typed."""
    if not kept:
        return ""
    first, last, known = (
        date.fromisoformat(kept[name]) for name in ("first_on", "last_on", "known_on")
    )
    counted_on = timezone.localdate(at) if at else on
    said = [f"统计期间{_day(first)}至{_last(first, last)}"]
    if kept.get("scope") == WHOLE:
        said.append("统计范围为全辖区")
    if known != counted_on and counted_on is not None:
        said.append(f"以{_day(known)}所知为准")
    if at is not None:
        said.append(f"统计于{_day(timezone.localdate(at))}{timezone.localtime(at):%H:%M}")
    elif on is not None:
        said.append(f"统计于{_day(on)}")
    return "，".join(said) + "。"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _last(first: date, last: date) -> str:
    return f"{last.month}月{last.day}日" if first.year == last.year else _day(last)

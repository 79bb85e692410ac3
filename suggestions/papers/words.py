"""Words that the papers share; what is printed is Chinese, so it stands here as it is."""

from collections.abc import Iterable
from datetime import date
from pathlib import PurePath

from foundations.calendars.periods import Unit
from members.models import Organization
from members.states import OrganizationKind
from services.documents.models import Attachment
from suggestions.states import Attitude, Effect, Kind

LETTER_NAMES: dict[str, str] = {
    Kind.JUDICIAL: "司法建议书",
    Kind.PROCURATORIAL: "检察建议书",
    Kind.RECONSIDERATION_OPINION: "行政复议意见书",
    Kind.RECONSIDERATION_SUGGESTION: "行政复议建议书",
    Kind.OPINION_LETTER: "意见函",
}
ATTITUDES: dict[str, str] = {
    Attitude.ACCEPTED: "采纳",
    Attitude.PARTLY: "部分采纳",
    Attitude.NOT_ACCEPTED: "不予采纳",
    Attitude.OBJECTION: "提出异议",
}
EFFECTS: dict[str, str] = {
    Effect.EFFECTIVE: "有效",
    Effect.PARTLY: "部分有效",
    Effect.NONE: "未见成效",
}
UNITS: dict[str, str] = {
    Unit.DAYS: "日",
    Unit.WORKDAYS: "个工作日",
    Unit.MONTHS: "个月",
    Unit.YEARS: "年",
}
INNER = str.maketrans("《》", "〈〉")
JUDICIARY = (OrganizationKind.COURT, OrganizationKind.PROCURATORATE)


def long_day(day: date | None) -> str:
    """2026年9月8日 (F17); "" for none."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def length_words(n: int, unit: str) -> str:
    """60日, 两个月, 15个工作日."""
    number = "两" if n == 2 and unit == Unit.MONTHS else str(n)
    return f"{number}{UNITS[unit]}"


def lines_of(text: str) -> list[str]:
    """The paragraphs of what was typed into one field."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def names_of(organizations: Iterable[Organization]) -> list[str]:
    return [one.name for one in organizations]


def enclosures(files: Iterable[Attachment]) -> list[str]:
    """附件 by their names, without what a file system adds (F14), each once."""
    return list(dict.fromkeys(PurePath(one.name).stem for one in files))


def self_name(organization: Organization) -> str:
    """How an organ speaks of itself: 本院, or 本机关."""
    return "本院" if organization.kind in JUDICIARY else "本机关"


def polite_name(organization: Organization) -> str:
    """How an organ is addressed in a reply: 贵院, or 贵机关."""
    return "贵院" if organization.kind in JUDICIARY else "贵机关"


def broken(title: str, number: str) -> str:
    """A title that names a number breaks behind it, not within it."""
    return title.replace(number, f"{number}\n") if number else title


def quoted(title: str) -> str:
    """A title in book marks; those within become single ones (GB/T 15834)."""
    return f"《{title.strip('《》') if _whole(title) else title.translate(INNER)}》"


def _whole(title: str) -> bool:
    """Is the title in book marks already, as one?"""
    return title.startswith("《") and title.endswith("》") and title.count("《") == 1

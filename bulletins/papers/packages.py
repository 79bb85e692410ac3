"""季度通报材料清单: what was owed, what was told and who has signed for it."""

from datetime import date
from typing import Any

from django.utils import timezone

from bulletins.models import Bulletin, InstalmentState, QuarterPackage
from bulletins.packages import Contents, Line
from bulletins.papers.bulletins import issue_words
from mechanisms.queries import parties, provision

PACKAGE_KIND = "quarter_package"
HEADS = ["条款", "事项", "期", "应通报日", "通报日", "通报文件", "签收"]
RESTRICTED = "（内部件，仅限指定读者）"


def package_title(package: QuarterPackage) -> str:
    return f"{package.organization.name}{package.term.label}通报材料清单"


def package_context(package: QuarterPackage, held: Contents, on: date) -> dict[str, Any]:
    told = [line for line in held.lines if line.state == InstalmentState.SENT]
    return {
        "title": package_title(package),
        "period": package.term.label,
        "own": package.organization.name,
        "told_to": _told_to(package),
        "lines": [
            {**line_words(package, line), "signed": _signed(line, package.year)}
            for line in held.lines
        ],
        "owed": len(held.lines),
        "told": len(told),
        "late": sum(line.is_late for line in held.lines),
        "nil": sum(line.state == InstalmentState.NIL for line in held.lines),
        "open": sum(line.state == InstalmentState.DUE for line in held.lines),
        "reports": [_with_number(str(one), one.number) for one in held.reports],
        "white_papers": [str(one) for one in held.white_papers],
        "as_of": long_day(on),
        "signer": package.organization.name,
        "date": long_day(on),
    }


def table_of(package: QuarterPackage, held: Contents) -> list[list[Any]]:
    """The same lines for a spreadsheet, its heads first."""
    rows = [line_words(package, line) for line in held.lines]
    names = ("clause", "matter", "label", "due", "sent", "paper", "receipts")
    return [HEADS, *[[row[name] for name in names] for row in rows]]


def line_words(package: QuarterPackage, line: Line) -> dict[str, str]:
    owed = line.obligation
    clause = provision(package.mechanism, owed.number, package.term.last_on)
    return {
        "clause": clause.clause if clause else owed.number,
        "matter": owed.name,
        "label": "" if line.due_on is None and line.bulletins else line.label,
        "due": short_day(line.due_on) if line.due_on else "—",
        "sent": _sent(line),
        "paper": "；".join(_paper(one) for one in line.bulletins) or line.reason or "—",
        "receipts": "；".join(_receipts(line)) or "—",
    }


def _sent(line: Line) -> str:
    if line.done_on is None:
        return "未通报"
    late = "（迟）" if line.is_late else ""
    nil = "零报告 " if line.state == InstalmentState.NIL else ""
    return f"{nil}{short_day(line.done_on)}{late}"


def _paper(bulletin: Bulletin) -> str:
    if bulletin.restricted:
        return RESTRICTED
    return f"《{bulletin.title}》（{issue_words(bulletin)}）"


def _receipts(line: Line) -> list[str]:
    return [
        f"{row.organization.short_name} "
        + (short_day(timezone.localdate(row.received_at)) if row.received_at else "待签收")
        for row in line.receipts
        if row.sent_at
    ]


def _signed(line: Line, year: int) -> list[str]:
    """The same for a narrow column: the year is named where it is another."""
    found = []
    for row in line.receipts:
        day = timezone.localdate(row.received_at) if row.received_at else None
        said = "待签收" if day is None else f"{day:%m-%d}" if day.year == year else short_day(day)
        if row.sent_at:
            found.append(f"{row.organization.short_name} {said}")
    return found


def _with_number(name: str, number: str) -> str:
    return f"{name}（{number}）" if number else name


def _told_to(package: QuarterPackage) -> str:
    others = [
        one.lead.name
        for one in parties(package.mechanism)
        if one.side != package.organization.side
    ]
    return "、".join(others)


def short_day(day: date) -> str:
    return f"{day.year}-{day:%m-%d}"


def long_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"

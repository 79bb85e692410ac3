"""上年度建议落实情况通报 (CX-26), 季度办理情况通报: text and tables of what was counted."""

from collections.abc import Iterable

from members.models import Organization
from suggestions.figures import Counts, Implementation
from suggestions.models import Addressee, Report
from suggestions.papers.words import (
    ATTITUDES,
    EFFECTS,
    LETTER_NAMES,
    lines_of,
    long_day,
    names_of,
    self_name,
)
from suggestions.periods import Period
from suggestions.states import AddresseeState, Kind

REPORT_KIND = "suggestion_report"
A = AddresseeState
PROGRESS: dict[str, str] = {
    A.SENT: "尚未送达",
    A.SERVED: "尚未回复",
    A.OBJECTED: "异议审查中",
    A.REFUSED: "不予采纳，审查中",
    A.RECTIFYING: "整改中",
    A.TO_VERIFY: "已报告整改，待核查",
    A.CLOSED: "已办结",
}


def report_title(report: Report) -> str:
    """关于2025年度司法建议落实情况的通报."""
    return title_of(report.period, report.organization.name)


def title_of(period: Period, issuer: str) -> str:
    verb = "办理" if period.quarter else "落实"
    return f"关于{period.label}{issuer}各类建议{verb}情况的通报"


def report_context(
    report: Report, counted: Implementation, *, told: Iterable[Organization] = ()
) -> dict:
    """`counted` is what `suggestions.figures.implementation` found on the day of the report,
    `told` are the organizations that the report goes to."""
    issuer = report.organization
    return {
        "title": report_title(report),
        "red_head": issuer.name,
        "number": report.number,
        "own_number": report.number,
        "own": self_name(issuer),
        "addressees": names_of(told),
        "period": report.label,
        "quarterly": bool(report.quarter),
        "as_of": long_day(counted.on),
        "kinds": kinds_words(counted),
        "total": numbers(counted.total, counted.letters),
        "rates": rates(counted.total),
        "units": [
            {"unit": unit.name, **numbers(counts, counts.letters)}
            for unit, counts in counted.by_unit
        ],
        "letters": [letter_line(row, counted) for row in counted.rows],
        "remarks": lines_of(report.remark),
        "signer": issuer.name,
        "date": long_day(counted.on),
        "copy_to": [],
        "mark": "",
    }


def numbers(counts: Counts, letters: int) -> dict[str, int]:
    return {
        "letters": letters,
        "units": counts.units,
        "addressed": counts.unserved + counts.waiting + counts.silent + counts.replied,
        "unserved": counts.unserved,
        "replied": counts.replied,
        "late": counts.late,
        "waiting": counts.waiting,
        "silent": counts.silent,
        "adopted": counts.adopted,
        "partly": counts.partly,
        "refused": counts.refused,
        "objected": counts.objected,
        "rectifying": counts.rectifying,
        "to_verify": counts.to_verify,
        "verified": counts.verified,
        "effective": counts.effective,
    }


def rates(counts: Counts) -> dict[str, str]:
    """Each with its figures: 90.00%（18 / 20）; — where nothing can be divided."""
    return {
        "reply": rate(counts.replied, counts.due),
        "in_time": rate(counts.in_time, counts.due),
        "adoption": rate(counts.taken_up, counts.replied),
        "verified": rate(counts.verified, counts.taken_up),
    }


def rate(part: int, whole: int) -> str:
    return f"{part / whole:.2%}（{part}/{whole}）" if whole else "—"


def kinds_words(counted: Implementation) -> str:
    """司法建议书3件、意见函1件."""
    kinds = {row.suggestion_id: row.suggestion.kind for row in counted.rows}
    held = list(kinds.values())
    return "、".join(f"{LETTER_NAMES[kind]}{held.count(kind)}件" for kind in Kind if kind in held)


def letter_line(row: Addressee, counted: Implementation) -> dict:
    letter = row.suggestion
    return {
        "number": letter.number,
        "title": letter.title,
        "unit": row.organization.name,
        "served": short_day(row, "served_on"),
        "reply": reply_words(row, counted),
        "progress": progress_words(row),
    }


def short_day(row: Addressee, name: str) -> str:
    day = getattr(row, name)
    return day.isoformat() if day else "—"


def reply_words(row: Addressee, counted: Implementation) -> str:
    """采纳（逾期回复）, 未见回复（逾期9日）, or — before service."""
    if row.state == A.SENT:
        return "—"
    if row.state == A.SERVED:
        due = row.reply_due_on
        late = (counted.on - due).days if due else 0
        return f"未见回复（逾期{late}日）" if late > 0 else "尚在回复期内"
    late_words = "（逾期回复）" if row.reply_late else ""
    return f"{ATTITUDES.get(row.attitude, '已回复')}{late_words}"


def progress_words(row: Addressee) -> str:
    if row.state == A.CLOSED and row.verified_on:
        effect = f"，{EFFECTS[row.effect]}" if row.effect else ""
        return f"核查通过{effect}"
    return PROGRESS[row.state]

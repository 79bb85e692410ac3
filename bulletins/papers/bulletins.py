"""通报、简报 (K-4): issue number, who prints it, the text, the figures; 报、送、发 at its foot."""

from typing import Any

from bulletins.models import Bulletin
from bulletins.papers.blocks import blocks_of
from bulletins.papers.figures import table_of
from bulletins.states import Kind
from mechanisms.queries import parties
from members.models import Organization
from members.states import OrganizationKind

PAPER_KIND = "bulletin"
HEADS: dict[str, str] = {
    Kind.NOTICE: "情况通报",
    Kind.BRIEF: "工作简报",
    Kind.CLASS_CASES: "类案情况通报",
    Kind.MAJOR_CASE: "重大案件情况通报",
    Kind.OPINION: "意见建议",
}
ABOVE = (OrganizationKind.PARTY, OrganizationKind.CONGRESS, OrganizationKind.CONSULTATIVE)


def bulletin_context(bulletin: Bulletin) -> dict[str, Any]:
    issuer, day = bulletin.issuer, bulletin.circulated_on
    printed_on = f"{day.year}年{day.month}月{day.day}日" if day else ""
    units = [row.organization for row in bulletin.circulations.select_related("organization")]
    return {
        "title": bulletin.title,
        "red_head": f"{issuer.name}{HEADS[bulletin.kind]}",
        "issue": issue_words(bulletin),
        "issuer": issuer.name,
        "date": printed_on,
        "period": period_words(bulletin),
        "blocks": blocks_of(bulletin.body),
        "tables": [table_of(row) for row in bulletin.tables.all()],
        "corrects": corrects_words(bulletin),
        "mark": "内部" if bulletin.restricted else "",
        "printed_by": issuer.name if units else "",
        "printed_on": printed_on,
        **_goes_to(bulletin, units),
    }


def issue_words(bulletin: Bulletin) -> str:
    """2026年第3期; before it is circulated 第　期."""
    if bulletin.number:
        return bulletin.number
    return f"{bulletin.year}年第{bulletin.sequence}期" if bulletin.sequence else "第　期"


def period_words(bulletin: Bulletin) -> str:
    if bulletin.days is None:
        return ""
    first, last = bulletin.days
    return f"{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日"


def corrects_words(bulletin: Bulletin) -> str:
    before = bulletin.corrects
    if before is None:
        return ""
    said = f"本期更正并替代{issue_words(before)}《{before.title}》，原件作废。"
    reason = bulletin.correction_reason.rstrip("。")
    return f"{said}更正理由：{reason}。" if reason else said


def _goes_to(bulletin: Bulletin, units: list[Organization]) -> dict[str, list[list[str]]]:
    """报 those above, 送 the sides of the institution, 发 everybody else; each of one rank."""
    sides = {pk for one in parties(bulletin.mechanism) for pk in (one.lead_id, one.acting_id)}
    above = [unit for unit in units if unit.kind in ABOVE]
    beside = [unit for unit in units if unit.pk in sides and unit not in above]
    below = [unit for unit in units if unit not in above and unit not in beside]
    found = {"report_to": above, "send_to": beside, "hand_to": below}
    return {name: [[unit.name for unit in held]] for name, held in found.items() if held}

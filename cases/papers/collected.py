"""抄告函 (K-15): one outcome in a letter of its own, or those of a period in a list.

Both go to bodies that take no part in the case, so parties are named as lists name them (P3).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.dictionaries import act_kind
from cases.models import (
    Dispute,
    NoticeList,
    NoticeState,
    OutcomeNotice,
    Participant,
    Procedure,
    To,
)
from cases.papers.decisions import closing_paper
from cases.papers.paper import Paper
from cases.papers.people import contact_of
from cases.papers.words import long_day, parts_of, place_of, self_name
from cases.states import Kind
from foundations.access.policy import policy_for
from members.models import Organization, User
from members.states import OrganizationKind

SERIES = "outcome-notices"
BASIS = "《中华人民共和国行政复议法》第七十九条第二款"
DEPARTMENTS = (OrganizationKind.AGENCY, OrganizationKind.JUSTICE_BUREAU)
FOR: dict[str, str] = {
    To.UPPER: "上一级行政复议机构",
    To.SUPERIOR: "{agency}的上一级主管部门",
}
"""Whom a letter is for while its addressee is not named yet."""
GROUNDS: dict[str, str] = {
    "evidence": "主要证据不足",
    "law": "适用法律错误",
    "procedure": "违反法定程序",
    "beyond": "超越职权",
    "abuse": "滥用职权",
    "unfair": "明显不当",
    "inaction": "不履行职责",
}


def masked_names(parts: Sequence[Participant], noun: str = "申请人") -> str:
    """张某; of several 张某等5名申请人."""
    if not parts:
        return f"有关{noun}"
    first = _masked(parts[0])
    return first if len(parts) == 1 else f"{first}等{len(parts)}名{noun}"


def _masked(part: Participant) -> str:
    return part.party.shown_name if part.party else part.organization.name


def letter_title(notice: OutcomeNotice) -> str:
    return f"关于{notice.procedure.number}行政复议案件处理结果的抄告函"


def listed_title(notice: OutcomeNotice) -> str:
    """With whom it is for: two letters of one case are told apart by nothing else."""
    to = notice.addressee or FOR[notice.to].format(agency=notice.agency.short_name)
    return f"{letter_title(notice)}（{to}）"


def letter_context(notice: OutcomeNotice, on: date) -> dict:
    """The day and the number are those of the sending, once it is recorded."""
    procedure = notice.procedure
    decision, number = closing_paper(procedure), procedure.number
    return {
        "title": letter_title(notice).replace(number, f"{number}\n") if number else "抄告函",
        "red_head": procedure.organ.name,
        "number": notice.number,
        "addressees": [notice.addressee] if notice.addressee else [],
        "you": "你单位",
        "own": self_name(procedure.organ),
        **_case(notice),
        "accepted": long_day(procedure.accepted_on),
        "closed": long_day(procedure.closed_on),
        "decision": decision or "处理决定",
        "case_number": number,
        "ground": GROUNDS.get(procedure.fact("ground_of_loss") or "", ""),
        "basis": BASIS if _by_statute(notice) else "",
        "copy": f"{decision}副本" if decision else "",
        "attachments": [f"{decision}（{number}）" if number else decision] if decision else [],
        "signer": procedure.organ.name,
        "date": long_day(notice.sent_on or on),
        "person": contact_of(procedure.handler),
        "copy_to": [],
        "mark": "",
    }


def _case(notice: OutcomeNotice) -> dict:
    procedure, dispute = notice.procedure, notice.procedure.dispute
    outcome = procedure.outcome
    return {
        "claimants": masked_names(list(parts_of(procedure).claimants())),
        "agency": notice.agency.name,
        "act": _act(dispute),
        "result": outcome.name if outcome else "",
    }


def _act(dispute: Dispute) -> str:
    """As it follows the agency: 作出的“责令限期拆除”行政行为."""
    number = f"（{dispute.act_number}）" if dispute.act_number else ""
    if act_kind(dispute.act_kind).inaction:
        return f"未依法履行职责（“{dispute.act}”{number}）"
    return f"作出的“{dispute.act}”{number}行政行为"


def _by_statute(notice: OutcomeNotice) -> bool:
    """复议法 79(2) speaks of effective decisions against departments of the same government."""
    organ, agency = notice.procedure.organ, notice.agency
    own = agency.kind in DEPARTMENTS and agency.jurisdiction_id == organ.jurisdiction_id
    decided = closing_paper(notice.procedure) == "行政复议决定书"
    return (
        own
        and decided
        and notice.to == To.SUPERIOR
        and notice.procedure.kind == Kind.RECONSIDERATION
    )


def list_title(row: NoticeList) -> str:
    return f"关于集中抄告{period_words(row)}行政复议案件处理结果的函"


def period_words(row: NoticeList) -> str:
    """2026年4月1日至30日; what both days share is said once."""
    first, last = row.first_on, row.last_on
    if first == last:
        return long_day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{long_day(first)}至{last.day}日"
    until = f"{last.month}月{last.day}日" if first.year == last.year else long_day(last)
    return f"{long_day(first)}至{until}"


def list_context(row: NoticeList, on: date) -> dict:
    """Of a list that was sent."""
    return context_of_list(row, row.notices.all(), on)


def context_of_list(row: NoticeList, notices: QuerySet[OutcomeNotice], on: date) -> dict:
    """The same of what would go with a list; each outcome stands there once."""
    near = ("procedure__organ", "procedure__dispute", "agency")
    lines = list(notices.select_related(*near).order_by("procedure__closed_on", "pk"))
    period = period_words(row)
    return {
        "title": list_title(row).replace(period, f"{period}\n"),
        "red_head": row.organ.name,
        "number": row.number,
        "addressees": [row.addressee],
        "you": "你单位",
        "own": self_name(row.organ),
        "period": period,
        "total": len({one.procedure_id for one in lines}),
        "results": results_words(one.procedure for one in lines),
        "basis": BASIS if lines and all(_by_statute(one) for one in lines) else "",
        "cases": _rows(lines),
        "attachments": ["行政复议案件处理结果抄告清单"],
        "signer": row.organ.name,
        "date": long_day(row.sent_on or on),
        "person": {},
        "copy_to": [],
        "mark": "",
    }


def _rows(notices: Sequence[OutcomeNotice]) -> list[dict]:
    """A case against several agencies of one superior department is one row."""
    agencies: dict[int, list[Organization]] = {}
    for notice in notices:
        agencies.setdefault(notice.procedure_id, []).append(notice.agency)
    claimants = _claimants(agencies)
    found: dict[int, dict] = {}
    for one in (notice.procedure for notice in notices):
        found[one.pk] = {
            "number": one.number,
            "claimants": masked_names(claimants.get(one.pk, [])),
            "agency": "、".join(unit.name for unit in agencies[one.pk]),
            "result": one.outcome.name if one.outcome else "",
            "on": one.closed_on.isoformat() if one.closed_on else "",
        }
    return list(found.values())


def _claimants(procedures: Iterable[int]) -> dict[int, list[Participant]]:
    rows = Participant.objects.filter(procedure__in=list(procedures)).claimants()
    found: dict[int, list[Participant]] = {}
    for part in rows.select_related("party", "organization"):
        found.setdefault(part.procedure_id, []).append(part)
    return found


def results_words(procedures: Iterable[Procedure]) -> str:
    """维持7件、驳回复议请求2件."""
    each = {one.pk: one.outcome.name for one in procedures if one.outcome}
    return "、".join(f"{name}{n}件" for name, n in Counter(each.values()).most_common())


def _letters(rows: QuerySet[OutcomeNotice]) -> QuerySet[OutcomeNotice]:
    """What goes in a letter of its own; what went in a list stands in that."""
    rows = rows.exclude(state=NoticeState.OMITTED).filter(listed=None)
    near = ("dispute__jurisdiction", "organ", "handler__person")
    return rows.select_related("agency", *(f"procedure__{name}" for name in near))


def _lacks(notice: OutcomeNotice) -> list[str]:
    found = [] if notice.procedure.number else [_("The case has no number yet.")]
    if notice.state == NoticeState.WAITING:
        found.append(_("It is issued with its sending: record that, with the addressee."))
    return found


def _keeps(user: User, row: OutcomeNotice | NoticeList) -> bool:
    return policy_for(type(row)).can(user, "edit", row)


PAPERS = (
    Paper(
        kind="outcome_notice",
        model=OutcomeNotice,
        path="procedure__dispute",
        ready=_letters,
        title=listed_title,
        context=letter_context,
        issuer=lambda row: row.procedure.organ,
        place=lambda row: place_of(row.procedure),
        may=_keeps,
        lacks=_lacks,
        number=lambda row: row.number,
        series=SERIES,
    ),
    Paper(
        kind="outcome_list",
        model=NoticeList,
        title=list_title,
        context=list_context,
        issuer=lambda row: row.organ,
        place=lambda row: row.jurisdiction,
        may=_keeps,
        number=lambda row: row.number,
        series=SERIES,
    ),
)

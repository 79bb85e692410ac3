"""回访记录表 (K-17, YC-14): empty to take along, and of each visit that was made.

What was said is read as the record of the visit is: by the organ and the justice bureau.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from cases.models import Performance, PerformanceState, Procedure, Visit
from cases.papers.consents import METHODS
from cases.papers.paper import Paper
from cases.papers.words import lines_of, long_day, place_of
from cases.policy.circle import enters
from cases.states import Kind
from foundations.access.policy import policy_for
from members.models import User
from services.deadlines.models import Deadline, DeadlineState

TITLE = "回访记录表"
S = PerformanceState
STANDINGS: dict[str, str] = {
    S.OWED: "尚未履行",
    S.PERFORMED: "已报履行",
    S.CONFIRMED: "履行完毕",
    S.RELEASED: "不再履行",
}
RESULTS: dict[str, str] = {
    "performed": "已履行",
    "partly": "部分履行",
    "unperformed": "未履行",
    "unsatisfied": "不满意",
    "petition_risk": "有信访风险",
}
EMPTY = {
    "nth": "",
    "on": "",
    "method": "".join(f"□{one}　" for one in METHODS.values()).rstrip(),
    "person": "",
    "result": "",
    "said": [],
    "measure": "",
    "next": "",
    "visitor": "",
}


def form_title(procedure: Procedure) -> str:
    return f"{TITLE}（{procedure.dispute.title}）"[:200]


def record_title(visit: Visit) -> str:
    return f"{TITLE}（{visit.procedure.dispute.title}，{long_day(visit.on)}）"[:200]


def form_context(procedure: Procedure, on: date) -> dict:
    return {**_head(procedure), "visits": [EMPTY]}


def record_context(visit: Visit, on: date) -> dict:
    earlier = visit.procedure.visits.filter(pk__lte=visit.pk)
    told = {
        "nth": earlier.count(),
        "on": long_day(visit.on),
        "method": METHODS.get(visit.method, ""),
        "person": visit.person,
        "result": RESULTS.get(visit.result, ""),
        "said": lines_of(visit.said),
        "measure": visit.measure,
        "next": f"{long_day(visit.next_on)}前" if visit.next_on else "",
        "visitor": str(visit.visitor) if visit.visitor else "",
    }
    return {**_head(visit.procedure), "visits": [told]}


def _head(procedure: Procedure) -> dict:
    dispute = procedure.dispute
    links = procedure.origins.select_related("earlier")
    earlier = [link.earlier for link in links]
    owed = Performance.objects.filter(procedure__in=[*earlier, procedure])
    return {
        "title": TITLE,
        "dispute": dispute.title,
        "register_number": dispute.number,
        "organ": procedure.organ.name,
        "reason": "；".join(_reason(one) for one in earlier),
        "limit": _limit(procedure),
        "duties": _duties(owed.select_related("organization", "party")),
    }


def _reason(procedure: Procedure) -> str:
    number = procedure.number
    if number and not number.startswith("（"):
        number = f"（{number}）"
    result = f"：{procedure.outcome.name}" if procedure.outcome else ""
    return f"{procedure.name}{number}{result}"


def _limit(procedure: Procedure) -> str:
    rows = Deadline.objects.about(procedure).filter(state=DeadlineState.OPEN)
    found = rows.order_by("due_on").first()
    return f"{long_day(found.due_on)}前" if found else ""


def _duties(rows: Iterable[Performance]) -> list[dict]:
    """Parties are named as lists name them: the form goes through many hands."""
    return [
        {
            "what": row.what,
            "owed_by": row.organization.name if row.organization else str(row.party),
            "due": row.due_on.isoformat(),
            "standing": f"{STANDINGS[row.state]}{'（逾期）' if row.was_late else ''}",
        }
        for row in rows
    ]


def _to_be_made(rows: QuerySet[Procedure]) -> QuerySet[Procedure]:
    rows = rows.filter(kind=Kind.VISIT, state__in=("waiting", "following"))
    return rows.select_related("organ", "dispute__jurisdiction")


def _made(rows: QuerySet[Visit]) -> QuerySet[Visit]:
    near = ("procedure__organ", "procedure__dispute__jurisdiction", "visitor")
    return rows.select_related(*near)


def _enters(user: User, procedure: Procedure) -> bool:
    return enters(user, procedure)


def _keeps(user: User, visit: Visit) -> bool:
    return policy_for(Visit).can(user, "edit", visit)


PAPERS = (
    Paper(
        kind="visit_form",
        model=Procedure,
        path="dispute",
        ready=_to_be_made,
        title=form_title,
        context=form_context,
        issuer=lambda row: row.organ,
        place=place_of,
        may=_enters,
    ),
    Paper(
        kind="visit_record",
        model=Visit,
        path="procedure__dispute",
        ready=_made,
        title=record_title,
        context=record_context,
        issuer=lambda row: row.procedure.organ,
        place=lambda row: place_of(row.procedure),
        may=_keeps,
        names_people=True,
    ),
)

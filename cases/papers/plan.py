"""行政争议实质性化解方案 (K-10, WJ-32). What may be given way on stands in no paper that the
other side reads: a plan names who decided, never up to what."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.models import Party, Plan, PlanState, Procedure
from cases.papers.paper import Paper
from cases.papers.words import ROLES, full_name, lines_of, long_day, parts_of, some_names
from cases.states import Kind, PartyKind
from foundations.access.policy import policy_for
from members.models import User
from members.states import Side

TITLE = "行政争议实质性化解方案"


def _in_use(rows: QuerySet[Plan]) -> QuerySet[Plan]:
    rows = rows.exclude(state=PlanState.REPLACED)
    return rows.select_related("organization", "dispute__jurisdiction", "dispute__agency")


def plan_title(plan: Plan) -> str:
    return f"{TITLE}（{plan.dispute.title}）"[:200]


def plan_context(plan: Plan, on: date) -> dict:
    dispute = plan.dispute
    suit = _suit(plan)
    return {
        "title": TITLE,
        "issuer": plan.organization.name,
        "addressees": [suit.organ.name] if suit else [],
        "people": [{"name": one.name} for one in _persons(plan)],
        "parties": _parties(plan, suit),
        "act": dispute.act,
        "act_number": dispute.act_number,
        "act_on": long_day(dispute.act_on),
        "case_number": suit.number if suit else "",
        "register_number": dispute.number,
        "cause": lines_of(plan.cause),
        "earlier": lines_of(plan.earlier),
        "next_steps": lines_of(plan.next_steps),
        "timetable": lines_of(plan.timetable),
        "risk": lines_of(plan.risk),
        "evidence": list(plan.evidence),
        "head": plan.head,
        "handler": plan.handler,
        "studied": long_day(plan.studied_on),
        "approved": long_day(plan.approved_on),
        "approved_by": plan.approved_by,
        "signer": plan.organization.name,
        "date": long_day(plan.submitted_on or on),
    }


def _persons(plan: Plan) -> Iterable[Party]:
    return plan.dispute.parties.filter(kind=PartyKind.NATURAL)


def _suit(plan: Plan) -> Procedure | None:
    """Where it is handed in: the court that has the case, else the centre that mediates."""
    rows = plan.dispute.procedures.filter(closed_on=None).select_related("organ")
    found = {one.organ.side: one for one in rows if one.kind != Kind.INTAKE}
    return found.get(Side.COURT) or found.get(Side.CENTRE)


def _parties(plan: Plan, suit: Procedure | None) -> list[dict]:
    if suit is None:
        names = "、".join(one.name for one in plan.dispute.parties.all())
        return [
            {"role": "当事人", "names": names},
            {"role": "行政机关", "names": plan.dispute.agency.name},
        ]
    parts = list(parts_of(suit))
    roles = dict.fromkeys(one.role for one in parts)
    return [
        {"role": ROLES[role], "names": some_names([one for one in parts if one.role == role])}
        for role in roles
        if any(full_name(one) for one in parts if one.role == role)
    ]


def _lacks(plan: Plan) -> list[str]:
    if plan.state != PlanState.DRAFT:
        return []
    return [_("The agency has not approved the plan yet.")]


def _writes(user: User, plan: Plan) -> bool:
    return policy_for(Plan).can(user, "write", plan)


PAPERS = (
    Paper(
        kind="resolution_plan",
        model=Plan,
        path="dispute",
        ready=_in_use,
        title=plan_title,
        context=plan_context,
        issuer=lambda row: row.organization,
        place=lambda row: row.dispute.jurisdiction,
        may=_writes,
        lacks=_lacks,
        series="resolution-plans",
        names_people=True,
    ),
)

"""败诉案件分析表 (K-17, YC-30): the agency's own, and the justice bureau's."""

from datetime import date

from django.db.models import QuerySet

from cases.hearings.states import AppearanceState
from cases.models import Appearance, LossAnalysis, LossState
from cases.papers.collected import GROUNDS
from cases.papers.paper import Paper
from cases.papers.risk import MARK
from cases.papers.words import lines_of, long_day, place_of
from foundations.access.policy import policy_for
from foundations.access.visibility import Visibility
from members.models import User

TITLE = "败诉案件分析表"
WRITTEN = (LossState.WRITTEN, LossState.RETURNED, LossState.ACCEPTED, LossState.RECTIFIED)
A = AppearanceState
APPEARED: dict[str, str] = {
    A.APPEARED: "负责人出庭",
    A.JOINT: "由共同被告负责人出庭",
    A.EARLIER: "负责人此前已出庭",
    A.EXCUSED: "有正当理由未出庭",
    A.ABSENT: "负责人未出庭",
}


def loss_title(loss: LossAnalysis) -> str:
    return f"{TITLE}（{loss.organization.short_name}，{loss.procedure}）"[:200]


def loss_context(loss: LossAnalysis, on: date) -> dict:
    procedure, dispute = loss.procedure, loss.procedure.dispute
    number = f"（{dispute.act_number}）" if dispute.act_number else ""
    return {
        "title": TITLE,
        "mark": MARK,
        "dispute": dispute.title,
        "case_number": procedure.number,
        "procedure": procedure.name,
        "organ": procedure.organ.name,
        "organization": loss.organization.name,
        "result": procedure.outcome.name if procedure.outcome else "",
        "closed": long_day(procedure.closed_on),
        "act": f"{dispute.act}{number}",
        "appeared": appearances_words(loss),
        "causes": [{"name": name, "on": loss.cause == key} for key, name in GROUNDS.items()],
        "analysis": lines_of(loss.analysis),
        "lesson": lines_of(loss.lesson),
        "rectification": lines_of(loss.rectification),
        "rectify_by": long_day(loss.rectify_by),
        "rectified": long_day(loss.rectified_on),
        "written": long_day(loss.written_on),
        "accepted": long_day(loss.accepted_on),
        "remark": loss.remark,
    }


def appearances_words(loss: LossAnalysis) -> str:
    """2026年4月1日：负责人出庭，局长周明远; one hearing after the other."""
    rows = Appearance.objects.filter(
        hearing__procedure=loss.procedure, organization=loss.organization
    )
    return "；".join(
        _appeared(row) for row in rows.select_related("hearing") if row.state in APPEARED
    )


def _appeared(row: Appearance) -> str:
    came = row.state == A.APPEARED and row.head_name
    who = f"，{row.head_post}{row.head_name}" if came else ""
    return f"{long_day(row.hearing.on)}：{APPEARED[row.state]}{who}"


def _written(rows: QuerySet[LossAnalysis]) -> QuerySet[LossAnalysis]:
    near = ("procedure__organ", "procedure__dispute__jurisdiction", "organization")
    return rows.filter(state__in=WRITTEN).select_related(*near)


def _writes_or_reviews(user: User, loss: LossAnalysis) -> bool:
    policy = policy_for(LossAnalysis)
    return policy.can(user, "write", loss) or policy.can(user, "review", loss)


PAPERS = (
    Paper(
        kind="loss_form",
        model=LossAnalysis,
        path="procedure__dispute",
        ready=_written,
        title=loss_title,
        context=loss_context,
        issuer=lambda row: row.organization,
        place=lambda row: place_of(row.procedure),
        may=_writes_or_reviews,
        visibility=Visibility.GOV_INTERNAL,
    ),
)

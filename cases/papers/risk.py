"""行政争议风险评估表 of one dispute (A4, CX-54); 重大行政决策诉讼风险评估表 (GL-33…36).

No party is named in full, and nobody reads a form who may not read the rating itself.
"""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.dictionaries import area_name
from cases.models import Assessment, AssessmentState, Opinion, RiskRating
from cases.papers.paper import Paper
from cases.papers.words import lines_of, long_day
from cases.rating import RATED, RiskLevel
from cases.states import Flag
from foundations.access.policy import policy_for
from members.models import User

TITLE = "行政争议风险评估表"
DECISION_TITLE = "重大行政决策诉讼风险评估表"
MARK = "内部资料"
LEVELS: dict[str, str] = {
    "": "",
    RiskLevel.LOW: "低",
    RiskLevel.MEDIUM: "中",
    RiskLevel.HIGH: "高",
    RiskLevel.EXTREME: "极高",
}
FLAGS: dict[str, str] = {
    Flag.MASS: "涉众",
    Flag.GROUP: "群体性",
    Flag.FOREIGN: "涉外",
    Flag.ENTERPRISE: "涉企",
    Flag.MILITARY: "涉军",
    Flag.PETITION: "信访",
    Flag.OPINION: "舆情",
    Flag.PROJECT: "重大项目",
    Flag.LIVELIHOOD: "民生",
}
"""The marks that a rating weighs, as `cases.rating.RATED` has them."""


def rating_title(rating: RiskRating) -> str:
    return f"{TITLE}（{rating.dispute.title}）"[:200]


def rating_context(rating: RiskRating, on: date) -> dict:
    dispute = rating.dispute
    number = f"（{dispute.act_number}）" if dispute.act_number else ""
    return {
        "title": TITLE,
        "mark": MARK,
        "dispute": dispute.title,
        "register_number": dispute.number,
        "agency": dispute.agency.name,
        "area": area_name(dispute.area),
        "filed": long_day(dispute.filed_on),
        "act": f"{dispute.act}{number}",
        "standing": _standing(rating),
        "flags": [
            {"name": FLAGS[flag], "on": flag in rating.flags} for flag in FLAGS if flag in RATED
        ],
        "persons": f"{dispute.parties.count()}名",
        "proposed": LEVELS[rating.proposed],
        "level": LEVELS[rating.level],
        "rated": long_day(rating.rated_on),
        "reason": rating.reason,
        "organization": rating.organization.name,
        "rated_by": str(rating.rated_by) if rating.rated_by else "",
        "review": long_day(rating.review_on),
        "history": _earlier(rating),
    }


def _standing(rating: RiskRating) -> str:
    """Where the dispute stands: the procedure that was opened last among the open ones."""
    rows = rating.dispute.procedures.order_by("opened_on", "pk")
    found = rows.filter(closed_on=None).last() or rows.last()
    return f"{found.name}：{found.standing.name}" if found else ""


def _earlier(rating: RiskRating) -> list[dict]:
    rows = rating.dispute.ratings.filter(pk__lt=rating.pk).select_related("organization")
    return [
        {
            "on": row.rated_on.isoformat(),
            "level": LEVELS[row.level],
            "organization": row.organization.name,
            "reason": row.reason,
        }
        for row in rows
    ]


def assessment_title(assessment: Assessment) -> str:
    return f"{DECISION_TITLE}（{assessment.title}）"[:200]


def assessment_context(assessment: Assessment, on: date) -> dict:
    opinions = assessment.opinions.select_related("organization")
    duties = assessment.duties.select_related("owed_by")
    return {
        "title": DECISION_TITLE,
        "mark": MARK,
        "decision": assessment.title,
        "organization": assessment.organization.name,
        "area": area_name(assessment.area),
        "focus": assessment.in_focus,
        "asked": long_day(assessment.asked_on),
        "concluded": long_day(assessment.concluded_on),
        "matter": lines_of(assessment.matter),
        "opinions": [_opinion(row) for row in opinions],
        "level": LEVELS[assessment.level],
        "foreseen": lines_of(assessment.foreseen),
        "prevention": lines_of(assessment.prevention),
        "compared": _compared(assessment),
        "duties": [
            {
                "what": row.what,
                "unit": row.owed_by.name,
                "due": row.due_on.isoformat(),
                "outcome": row.outcome or ("已完成" if row.done_on else "尚未完成"),
            }
            for row in duties
        ],
    }


def _opinion(row: Opinion) -> dict:
    return {
        "unit": row.organization.name,
        "level": LEVELS[row.level],
        "text": "".join(lines_of(row.text)) if row.given_on else "尚未反馈",
        "advisory": bool(row.advisory and row.given_on),
        "on": row.given_on.isoformat() if row.given_on else "—",
    }


def _compared(assessment: Assessment) -> str:
    if assessment.compared_on is None:
        return ""
    lesson = "".join(lines_of(assessment.lesson)).rstrip("。")
    told = f"{long_day(assessment.compared_on)}对照：同期同领域登记争议{assessment.arisen or 0}件"
    return f"{told}。{lesson}。" if lesson else f"{told}。"


def _current(rows: QuerySet[RiskRating]) -> QuerySet[RiskRating]:
    near = ("dispute__agency", "dispute__jurisdiction", "organization", "rated_by")
    return rows.filter(current=True).select_related(*near)


def _asked(rows: QuerySet[Assessment]) -> QuerySet[Assessment]:
    return rows.select_related("organization", "jurisdiction")


def _lacks(assessment: Assessment) -> list[str]:
    if assessment.state != AssessmentState.ASKING:
        return []
    return [_("The assessment is not concluded yet.")]


def _rates(user: User, rating: RiskRating) -> bool:
    return policy_for(RiskRating).can(user, "rate", rating)


def _decides(user: User, assessment: Assessment) -> bool:
    return policy_for(Assessment).can(user, "edit", assessment)


PAPERS = (
    Paper(
        kind="risk_form",
        model=RiskRating,
        path="dispute",
        ready=_current,
        title=rating_title,
        context=rating_context,
        issuer=lambda row: row.organization,
        place=lambda row: row.dispute.jurisdiction,
        may=_rates,
    ),
    Paper(
        kind="decision_risk_form",
        model=Assessment,
        ready=_asked,
        title=assessment_title,
        context=assessment_context,
        issuer=lambda row: row.organization,
        place=lambda row: row.jurisdiction,
        may=_decides,
        lacks=_lacks,
    ),
)

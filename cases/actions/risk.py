"""风险等级: how a dispute is rated, and when that is looked at again (A4)."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.steps import locked_dispute
from cases.models import Dispute, Intake, RiskRating
from cases.profile import rules_of
from cases.rating import REVIEW_MONTHS, RiskLevel, propose_level
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.calendars.periods import add_months
from members.models import Organization
from services.deadlines import actions as deadlines

REVIEW_LIMIT = "RISK-REVIEW"


def proposed_for(dispute: Dispute, on: date) -> RiskLevel:
    """What the marks of the dispute and the number of its parties propose."""
    group = Intake.objects.filter(dispute=dispute).values_list("group_size", flat=True).first()
    persons = max(dispute.parties.count(), group or 0)
    mass_from = rules_of(dispute.mechanism, on).mass_from
    return propose_level(dispute.flags, persons=persons, mass_from=mass_from)


def review_day(level: str, on: date) -> date:
    return add_months(on, REVIEW_MONTHS[RiskLevel(level)])


@action
def rate(
    dispute_id: int,
    *,
    actor: Actor,
    at: datetime,
    organization: Organization,
    level: str,
    reason: str = "",
    review_on: date | None = None,
    token: str | None = None,
) -> RiskRating:
    """Rate a dispute today; the review becomes a limit of whoever rated.

    Another level than the proposed one needs a reason. Raises PermissionDenied; RuleBroken
    "no_reason" (field reason), "past" (field review_on), "form_used".
    """
    dispute = locked_dispute(dispute_id)
    made = RiskRating.made_before(token, level=level)
    if made is not None:
        return made
    today = timezone.localtime(at).date()
    rating = RiskRating(
        dispute=dispute,
        level=level,
        proposed=proposed_for(dispute, today),
        flags=list(dispute.flags),
        reason=reason,
        rated_on=today,
        rated_by=actor,
        organization=organization,
        review_on=review_on or review_day(level, today),
        form_token=token,
    )
    policy_for(RiskRating).require(actor, "rate", rating)
    _check(rating, today)
    _replace(dispute, actor, today)
    rating.store()
    record(actor, "cases.rating.rated", rating, level=level, proposed=str(rating.proposed))
    _open_limit(rating, actor)
    return rating


def _open_limit(rating: RiskRating, actor: Actor) -> None:
    dispute = rating.dispute
    deadlines.open_deadline(
        rating,
        REVIEW_LIMIT,
        actor=actor,
        title=_("Look at the risk again: %(title)s") % {"title": dispute.title},
        jurisdiction=dispute.jurisdiction,
        owed_by=rating.organization,
        trigger_on=rating.rated_on,
        due_on=rating.review_on,
        mechanism=dispute.mechanism,
    )


def _check(rating: RiskRating, today: date) -> None:
    if rating.level != rating.proposed and not rating.reason.strip():
        message = _("This differs from what the marks propose: say why.")
        raise RuleBroken("no_reason", message, "reason")
    if rating.review_on <= today:
        message = _("The review is on a later day.")
        raise RuleBroken("past", message, "review_on")


def _replace(dispute: Dispute, actor: Actor, today: date) -> None:
    for old in RiskRating.objects.filter(dispute=dispute, current=True):
        old.current = False
        old.store()
        deadlines.meet(old, REVIEW_LIMIT, actor=actor, on=today)

"""风险 / 信访 (G6): the justice bureau, the responsible unit, whoever is assigned; assessments
are read by who decides and by the bodies that it invited."""

from django.db.models import Q, QuerySet

from cases.models import (
    Assessment,
    Dispute,
    Duty,
    EarlyWarning,
    Opinion,
    RiskRating,
)
from cases.policy.circle import principals, works_in_justice_bureau
from cases.policy.disputes import seen_disputes
from cases.policy.mediation import bureau_places
from foundations.access.policy import Policy, register
from members.models import Jurisdiction, Organization, User
from members.policy import WORKERS, works_for
from members.standing import standing
from members.states import OrganizationKind, Side

READERS = ("mediator", "handler")
"""Why a person may be let into a dispute by name: who is assigned to it."""


def bureau_of(user: User, place: Jurisdiction) -> bool:
    mine = standing(user)
    return mine.has(*WORKERS) and place.pk in bureau_places(mine)


def rates(user: User, rating: RiskRating) -> bool:
    """The justice bureau, the responsible agency, the centre where it handles the dispute."""
    dispute = rating.dispute
    if works_in_justice_bureau(user, dispute) or works_for(user, dispute.agency):
        return True
    organs = Organization.objects.filter(procedures__dispute=dispute, side=Side.CENTRE)
    return any(works_for(user, organ) for organ in organs)


@register(RiskRating)
class RiskRatingPolicy(Policy):
    """Never the parties, who have no account; nor an agency that is not the responsible one."""

    rules = {"rate": rates}

    def visible(self, user: User, rows: QuerySet[RiskRating]) -> QuerySet[RiskRating]:
        mine = standing(user)
        if not mine.is_staff:
            return rows.none()
        bureau = Q(dispute__jurisdiction__in=bureau_places(mine))
        named = Dispute.objects.filter(
            access__principal__in=principals(mine)[-1:], access__why__in=READERS
        )
        known = bureau | Q(dispute__agency__in=mine.organizations) | Q(dispute__in=named)
        if mine.sides & {Side.COURT, Side.CENTRE}:
            handled = Dispute.objects.filter(procedures__organ__in=mine.organizations)
            known |= Q(dispute__in=handled)
        return rows.filter(known, dispute__in=Dispute.objects.filter(seen_disputes(user)))


def follows(user: User, warning: EarlyWarning) -> bool:
    return (
        bureau_of(user, warning.jurisdiction)
        or works_for(user, warning.responsible)
        or works_for(user, warning.territory)
        or warning.assignee_id == user.pk
    )


def reports(user: User, warning: EarlyWarning) -> bool:
    """Anybody who does the daily work of a unit of the place may warn."""
    mine = standing(user)
    return mine.has(*WORKERS) and warning.jurisdiction_id in mine.jurisdictions


@register(EarlyWarning)
class EarlyWarningPolicy(Policy):
    rules = {
        "report": reports,
        "follow": follows,
        "assign": lambda user, warning: bureau_of(user, warning.jurisdiction),
    }

    def visible(self, user: User, rows: QuerySet[EarlyWarning]) -> QuerySet[EarlyWarning]:
        mine = standing(user)
        if not mine.is_staff:
            return rows.none()
        units = Q(responsible__in=mine.organizations) | Q(territory__in=mine.organizations)
        named = Q(assignee=user.pk) | Q(recorded_by=user.pk)
        return rows.filter(Q(jurisdiction__in=bureau_places(mine)) | units | named)


def decides(user: User, assessment: Assessment) -> bool:
    """The organ that is to decide, and the justice bureau with it."""
    mine = standing(user)
    government = assessment.organization.side == Side.GOVERNMENT
    here = assessment.jurisdiction_id in mine.jurisdictions
    own = works_for(user, assessment.organization)
    return government and here and (own or bureau_of(user, assessment.jurisdiction))


def seen_assessments(user: User) -> Q:
    mine = standing(user)
    if not mine.is_staff:
        return Q(pk__in=())
    asked = Opinion.objects.filter(organization__in=mine.organizations)
    owing = Duty.objects.filter(owed_by__in=mine.organizations)
    return (
        Q(jurisdiction__in=bureau_places(mine))
        | Q(organization__in=mine.organizations)
        | Q(pk__in=asked.values("assessment"))
        | Q(pk__in=owing.values("assessment"))
    )


@register(Assessment)
class AssessmentPolicy(Policy):
    rules = {"edit": decides}

    def visible(self, user: User, rows: QuerySet[Assessment]) -> QuerySet[Assessment]:
        return rows.filter(seen_assessments(user))


class OfAssessmentPolicy(Policy):
    def visible(self, user: User, rows: QuerySet) -> QuerySet:
        return rows.filter(assessment__in=Assessment.objects.filter(seen_assessments(user)))


@register(Opinion)
class OpinionPolicy(OfAssessmentPolicy):
    """A body speaks for itself."""

    rules = {"give": lambda user, opinion: works_for(user, opinion.organization)}


@register(Duty)
class DutyPolicy(OfAssessmentPolicy):
    rules = {"finish": lambda user, duty: works_for(user, duty.owed_by)}


def deciding_units(user: User) -> QuerySet[Organization]:
    """For which units somebody may open an assessment: the own ones of the government."""
    mine = standing(user)
    if not mine.has(*WORKERS):
        return Organization.objects.none()
    rows = Organization.objects.filter(pk__in=mine.organizations, side=Side.GOVERNMENT)
    return rows.exclude(kind=OrganizationKind.DIVISION).order_by("order", "pk")

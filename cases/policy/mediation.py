from django.db.models import Q, QuerySet

from cases.models import (
    Agreement,
    AgreementItem,
    Allowance,
    Dispute,
    LegalAid,
    MediationSession,
    SessionCall,
)
from cases.policy.circle import works_in_justice_bureau
from cases.policy.disputes import NamingPolicy, seen_disputes
from foundations.access.policy import Policy, register
from members.models import Organization, User
from members.policy import WORKERS, works_for
from members.standing import Standing, standing
from members.states import OrganizationKind


def bureau_places(mine: Standing) -> QuerySet[Organization, int]:
    """Where the reader belongs to the justice bureau."""
    bureaus = Organization.objects.filter(
        pk__in=mine.organizations, kind=OrganizationKind.JUSTICE_BUREAU
    )
    return bureaus.values_list("jurisdiction", flat=True)


def mediates(user: User, row: MediationSession | Agreement) -> bool:
    """The assigned mediator, and whoever works for the organ of the mediation."""
    procedure = row.procedure
    assigned = procedure.assignments.live().filter(professional__user=user)
    return works_for(user, procedure.organ) or assigned.exists()


@register(MediationSession)
class MediationSessionPolicy(Policy):
    """Read by whoever sees the dispute: what stands in it is said before all sides."""

    rules = {"mediate": mediates}

    def visible(self, user: User, rows: QuerySet[MediationSession]) -> QuerySet[MediationSession]:
        disputes = Dispute.objects.filter(seen_disputes(user))
        return rows.filter(procedure__dispute__in=disputes)


@register(SessionCall)
class SessionCallPolicy(Policy):
    """Read with the session; an agency answers for itself, who mediates and the centre urge."""

    rules = {
        "answer": lambda user, call: works_for(user, call.organization),
        "urge": lambda user, call: mediates(user, call.session),
    }

    def visible(self, user: User, rows: QuerySet[SessionCall]) -> QuerySet[SessionCall]:
        disputes = Dispute.objects.filter(seen_disputes(user))
        return rows.filter(session__procedure__dispute__in=disputes)


@register(Agreement)
class AgreementPolicy(NamingPolicy):
    rules = {"mediate": mediates}

    def visible(self, user: User, rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
        disputes = Dispute.objects.filter(seen_disputes(user))
        return rows.filter(procedure__dispute__in=disputes)


@register(AgreementItem)
class AgreementItemPolicy(Policy):
    """Of an agreement, and read with it."""

    rules: dict = {}

    def visible(self, user: User, rows: QuerySet[AgreementItem]) -> QuerySet[AgreementItem]:
        return rows.filter(agreement__in=AgreementPolicy().visible(user, Agreement.objects.all()))


def refers_aid(user: User, aid: LegalAid) -> bool:
    return works_for(user, aid.referred_by) or works_in_justice_bureau(user, aid.dispute)


@register(LegalAid)
class LegalAidPolicy(Policy):
    """Whoever referred the party, and the justice bureau, which runs legal aid (WJ-37)."""

    rules = {"decide": lambda user, aid: works_in_justice_bureau(user, aid.dispute)}

    def visible(self, user: User, rows: QuerySet[LegalAid]) -> QuerySet[LegalAid]:
        mine = standing(user)
        if not mine.is_staff:
            return rows.none()
        bureau = Q(dispute__jurisdiction__in=bureau_places(mine))
        return rows.filter(bureau | Q(referred_by__in=mine.organizations))


def pays_allowance(user: User, allowance: Allowance) -> bool:
    """The bureau decides and pays, and nobody for themselves."""
    chosen = allowance.assignment.professional
    own = chosen is not None and chosen.user_id == user.pk
    return not own and works_in_justice_bureau(user, allowance.assignment.dispute)


@register(Allowance)
class AllowancePolicy(Policy):
    """The justice bureau, the organ that proposed it, and the mediator whose it is."""

    rules = {"decide": pays_allowance}

    def visible(self, user: User, rows: QuerySet[Allowance]) -> QuerySet[Allowance]:
        mine = standing(user)
        if not mine.is_staff:
            return rows.none()
        bureau = Q(assignment__dispute__jurisdiction__in=bureau_places(mine))
        organ = Q(assignment__procedure__organ__in=mine.organizations)
        workers = (bureau | organ) if mine.has(*WORKERS) else bureau
        return rows.filter(workers | Q(assignment__professional__user=user))

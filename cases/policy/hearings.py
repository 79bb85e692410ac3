"""Hearings are public-stage data of a dispute; an agency's preparation is its own (G6)."""

from django.db.models import QuerySet

from cases.models import Appearance, Dispute, Hearing, Preparation
from cases.policy.circle import works_in_justice_bureau
from cases.policy.disputes import NamingPolicy, seen_disputes
from foundations.access.policy import Policy, register
from members.models import Organization, User
from members.policy import works_for
from members.standing import standing
from members.states import OrganizationKind


def of_organ(user: User, hearing: Hearing) -> bool:
    """The organ's own people alone: no other side sets or records a hearing (YN-22)."""
    return works_for(user, hearing.procedure.organ)


def records(user: User, appearance: Appearance) -> bool:
    return of_organ(user, appearance.hearing)


def replies(user: User, appearance: Appearance) -> bool:
    return works_for(user, appearance.organization)


def reads_reasons(user: User, appearance: Appearance) -> bool:
    """Why a head cannot come, and the proofs: the agency, the organ, the justice bureau."""
    dispute = appearance.hearing.procedure.dispute
    return (
        replies(user, appearance)
        or records(user, appearance)
        or works_in_justice_bureau(user, dispute)
    )


@register(Hearing)
class HearingPolicy(NamingPolicy):
    rules = {"edit": of_organ}

    def visible(self, user: User, rows: QuerySet[Hearing]) -> QuerySet[Hearing]:
        return rows.filter(procedure__dispute__in=Dispute.objects.filter(seen_disputes(user)))


@register(Appearance)
class AppearancePolicy(NamingPolicy):
    path = "hearing__procedure__dispute"
    rules = {"record": records, "reply": replies, "open_confidential": reads_reasons}

    def visible(self, user: User, rows: QuerySet[Appearance]) -> QuerySet[Appearance]:
        seen = Dispute.objects.filter(seen_disputes(user))
        return rows.filter(hearing__procedure__dispute__in=seen)


@register(Preparation)
class PreparationPolicy(Policy):
    """The agency's own people, and the justice bureau that acts for the government."""

    rules = {"edit": lambda user, row: replies(user, row.appearance)}

    def visible(self, user: User, rows: QuerySet[Preparation]) -> QuerySet[Preparation]:
        mine = standing(user)
        if not mine.is_staff:
            return rows.none()
        own = rows.filter(appearance__organization__in=mine.organizations)
        bureaus = Organization.objects.filter(
            pk__in=mine.organizations, kind=OrganizationKind.JUSTICE_BUREAU
        )
        led = rows.filter(
            appearance__hearing__procedure__dispute__jurisdiction__in=bureaus.values(
                "jurisdiction"
            )
        )
        return own | led

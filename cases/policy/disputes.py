from django.db.models import Q, QuerySet

from cases.models import Access, Dispute, Participant, Party, Procedure
from cases.policy.circle import principals, registers, works_in_justice_bureau
from foundations.access.policy import Policy, register
from members.models import User
from members.standing import standing


def seen_disputes(user: User) -> Q:
    """Disputes in which one of the user's organizations, or the user, takes part."""
    mine = standing(user)
    if not mine.is_staff:
        return Q(pk__in=())
    rows = Access.objects.filter(principal__in=principals(mine))
    return Q(pk__in=rows.values("dispute"))


def reveals(user: User, party: Party) -> bool:
    """Unmasked only for units that are in the case (P4): their people, not all readers."""
    mine = standing(user)
    parts = Participant.objects.filter(procedure__dispute=party.dispute)
    organs = Procedure.objects.filter(dispute=party.dispute, organ__in=mine.organizations)
    return (
        parts.filter(organization__in=mine.organizations).exists()
        or organs.exists()
        or registers(user, party.dispute)
    )


@register(Dispute)
class DisputePolicy(Policy):
    rules = {
        "edit": registers,
        "open_procedure": registers,
        "lead": works_in_justice_bureau,
    }

    def visible(self, user: User, rows: QuerySet[Dispute]) -> QuerySet[Dispute]:
        return rows.filter(seen_disputes(user))


@register(Procedure)
class ProcedurePolicy(Policy):
    """Whoever sees the dispute sees that its procedures exist, and how they stand."""

    rules: dict = {}

    def visible(self, user: User, rows: QuerySet[Procedure]) -> QuerySet[Procedure]:
        return rows.filter(dispute__in=Dispute.objects.filter(seen_disputes(user)))


@register(Party)
class PartyPolicy(Policy):
    rules = {"reveal": reveals}

    def visible(self, user: User, rows: QuerySet[Party]) -> QuerySet[Party]:
        return rows.filter(dispute__in=Dispute.objects.filter(seen_disputes(user)))


@register(Participant)
class ParticipantPolicy(Policy):
    rules: dict = {}

    def visible(self, user: User, rows: QuerySet[Participant]) -> QuerySet[Participant]:
        return rows.filter(procedure__dispute__in=Dispute.objects.filter(seen_disputes(user)))

from django.db.models import Q, QuerySet

from cases.models import Access, Dispute, Participant, Party, Procedure
from cases.policy.circle import principals, registers, works_in_justice_bureau
from foundations.access.policy import Policy, register
from members.models import Organization, User
from members.standing import standing
from members.states import OrganizationKind

MEDIATOR = "mediator"
"""Why a person has access to a dispute who was called to mediate it."""


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


def named_disputes(user: User) -> QuerySet[Dispute]:
    """Disputes whose papers name the parties in full to the user: of units that are in the
    case, and of the mediators called to it (P4)."""
    mine = standing(user)
    if not mine.is_staff:
        return Dispute.objects.none()
    units = mine.organizations
    bureaus = Organization.objects.filter(pk__in=units, kind=OrganizationKind.JUSTICE_BUREAU)
    parts = Participant.objects.filter(organization__in=units)
    organs = Procedure.objects.filter(organ__in=units)
    called = Access.objects.filter(principal=f"u{user.pk}", why=MEDIATOR)
    return Dispute.objects.filter(
        Q(registered_by__in=units)
        | Q(jurisdiction__in=bureaus.values("jurisdiction"))
        | Q(pk__in=parts.values("procedure__dispute"))
        | Q(pk__in=organs.values("dispute"))
        | Q(pk__in=called.values("dispute"))
    )


class NamingPolicy(Policy):
    """Of what papers are made that name parties in full; `path` leads to the dispute."""

    path = "procedure__dispute"

    def in_full(self, user: User, rows: QuerySet) -> QuerySet:
        return self.visible(user, rows).filter(**{f"{self.path}__in": named_disputes(user)})


@register(Dispute)
class DisputePolicy(NamingPolicy):
    path = "pk"
    rules = {
        "edit": registers,
        "open_procedure": registers,
        "lead": works_in_justice_bureau,
    }

    def visible(self, user: User, rows: QuerySet[Dispute]) -> QuerySet[Dispute]:
        return rows.filter(seen_disputes(user))


@register(Procedure)
class ProcedurePolicy(NamingPolicy):
    """Whoever sees the dispute sees that its procedures exist, and how they stand."""

    path = "dispute"
    rules: dict = {}

    def visible(self, user: User, rows: QuerySet[Procedure]) -> QuerySet[Procedure]:
        return rows.filter(dispute__in=Dispute.objects.filter(seen_disputes(user)))


@register(Party)
class PartyPolicy(Policy):
    rules = {"reveal": reveals}

    def visible(self, user: User, rows: QuerySet[Party]) -> QuerySet[Party]:
        return rows.filter(dispute__in=Dispute.objects.filter(seen_disputes(user)))


@register(Participant)
class ParticipantPolicy(NamingPolicy):
    rules: dict = {}

    def visible(self, user: User, rows: QuerySet[Participant]) -> QuerySet[Participant]:
        return rows.filter(procedure__dispute__in=Dispute.objects.filter(seen_disputes(user)))

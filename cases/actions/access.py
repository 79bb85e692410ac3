"""The access rows: written by the same transaction that changes who takes part."""

from collections.abc import Iterable

from cases.models import Access, Dispute
from members.models import Organization, User
from members.states import OrganizationKind


def admit(dispute: Dispute, organizations: Iterable[Organization | None], why: str) -> None:
    """Let organizations see the dispute; a division is admitted with the unit it belongs to."""
    units = {unit for one in organizations if one for unit in (one, one.lead)}
    for unit in units:
        _grant(dispute, f"o{unit.pk}", why)


def admit_person(dispute: Dispute, user: User, why: str) -> None:
    _grant(dispute, f"u{user.pk}", why)


def admit_justice_bureau(dispute: Dispute) -> None:
    """The bureau that acts for the government sees every dispute of its place (G6)."""
    bureaus = Organization.objects.filter(
        jurisdiction=dispute.jurisdiction, kind=OrganizationKind.JUSTICE_BUREAU
    )
    admit(dispute, bureaus, "justice")


def dismiss(dispute: Dispute, organization: Organization) -> None:
    """Take back what was given for a part in the dispute, unless it has another."""
    parts = Organization.objects.filter(participations__procedure__dispute=dispute)
    organs = Organization.objects.filter(procedures__dispute=dispute)
    kept = {dispute.agency, dispute.registered_by, *parts, *organs}
    units = {unit.pk for one in kept for unit in (one, one.lead)}
    gone = {organization.pk, organization.lead.pk} - units
    names = [f"o{pk}" for pk in gone]
    dispute.access.filter(principal__in=names, why="party").delete()


def _grant(dispute: Dispute, principal: str, why: str) -> None:
    Access.objects.get_or_create(
        dispute=dispute,
        principal=principal,
        defaults={**dispute.listed, "why": why},
    )

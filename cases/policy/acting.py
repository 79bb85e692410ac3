"""As which unit somebody acts in a dispute."""

from django.db.models import QuerySet

from cases.models import Dispute
from cases.policy.circle import principals
from members.models import Organization, User
from members.policy import WORKERS
from members.standing import standing
from members.states import OrganizationKind, Side


def acting_units(user: User, dispute: Dispute) -> QuerySet[Organization]:
    """The units for which `user` works and that see the dispute, without divisions."""
    mine = standing(user)
    if not mine.has(*WORKERS):
        return Organization.objects.none()
    seen = {row.principal for row in dispute.access.filter(principal__in=principals(mine))}
    keys = [pk for pk in mine.organizations if f"o{pk}" in seen]
    rows = Organization.objects.filter(pk__in=keys).exclude(kind=OrganizationKind.DIVISION)
    return rows.order_by("order", "pk")


def acts_in(user: User, dispute: Dispute, organization: Organization) -> bool:
    return acting_units(user, dispute).filter(pk=organization.pk).exists()


def independent(organization: Organization) -> bool:
    """Courts and procuratorates: no other side sets what they do, or by when (YN-22)."""
    return organization.side in (Side.COURT, Side.PROCURATORATE)

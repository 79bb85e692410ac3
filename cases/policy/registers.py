from django.db.models import QuerySet

from cases.models import Professional
from cases.policy.circle import WORKERS
from foundations.access.policy import Policy, register
from members.models import Organization, User
from members.standing import standing
from members.states import OrganizationKind


def keeps_register(user: User, _row: Professional | None = None) -> bool:
    """The justice bureau and the centre keep the registers (WJ-13, 36, 38)."""
    mine = standing(user)
    kinds = (OrganizationKind.JUSTICE_BUREAU, OrganizationKind.CENTRE)
    keepers = Organization.objects.filter(pk__in=mine.organizations, kind__in=kinds)
    return mine.has(*WORKERS) and keepers.exists()


@register(Professional)
class ProfessionalPolicy(Policy):
    rules = {"edit": keeps_register}

    def visible(self, user: User, rows: QuerySet[Professional]) -> QuerySet[Professional]:
        mine = standing(user)
        if not mine.is_staff:
            return rows.none()
        return rows.filter(jurisdiction__in=mine.jurisdictions)

from django.db.models import QuerySet

from cases.models import Assignment, Dispute, Professional
from cases.policy.disputes import seen_disputes
from foundations.access.policy import Policy, register
from members.models import Organization, User
from members.policy import WORKERS, works_for
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


def answers(user: User, assignment: Assignment) -> bool:
    """Whoever was assigned says so, or the register's keepers for them."""
    chosen = assignment.professional
    own = chosen is not None and chosen.user_id == user.pk
    return own or keeps_register(user)


@register(Assignment)
class AssignmentPolicy(Policy):
    """Whoever sees the dispute sees who was asked for it."""

    rules = {
        "assign": lambda user, assignment: keeps_register(user),
        "answer": answers,
        "cancel": lambda user, assignment: (
            works_for(user, assignment.requested_by) or keeps_register(user)
        ),
    }

    def visible(self, user: User, rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
        return rows.filter(dispute__in=Dispute.objects.filter(seen_disputes(user)))

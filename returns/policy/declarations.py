from django.db.models import Q, QuerySet

from foundations.access.policy import Policy, register
from members.models import User
from members.standing import standing
from members.states import Role
from returns.models import Declaration


def declares(user: User, row: Declaration) -> bool:
    mine = standing(user)
    return mine.is_staff and row.organization_id in mine.organizations


def reads_as_leader(user: User, row: Declaration) -> bool:
    mine = standing(user)
    leads = mine.has(Role.LEADER) and row.organization_id in mine.organizations
    return leads and row.seen_on is None and row.author_id != user.pk


@register(Declaration)
class DeclarationPolicy(Policy):
    """The author, and the leaders of the author's unit."""

    rules = {"declare": declares, "note": reads_as_leader}

    def visible(self, user: User, rows: QuerySet[Declaration]) -> QuerySet[Declaration]:
        mine = standing(user)
        if not mine.is_staff:
            return rows.none()
        seen = Q(author=user)
        if mine.has(Role.LEADER):
            seen |= Q(organization__in=mine.organizations)
        return rows.filter(seen)

from django.db.models import Q, QuerySet

from foundations.access.policy import Policy, register
from members.models import User
from members.policy import works_for
from members.standing import Standing, standing
from members.states import Side
from returns.models import CaseHandler


def sees_to_units(mine: Standing) -> bool:
    """The secretariat of the government side looks after the units of its place."""
    return mine.is_secretariat and Side.GOVERNMENT in mine.sides


def keeps(user: User, row: CaseHandler) -> bool:
    return works_for(user, row.organization)


def still_keeps(user: User, row: CaseHandler) -> bool:
    return row.valid_to is None and keeps(user, row)


@register(CaseHandler)
class HandlerPolicy(Policy):
    rules = {"enter": keeps, "certify": still_keeps, "end": still_keeps}

    def visible(self, user: User, rows: QuerySet[CaseHandler]) -> QuerySet[CaseHandler]:
        mine = standing(user)
        if not mine.is_staff:
            return rows.none()
        own = Q(organization__in=mine.organizations)
        if sees_to_units(mine):
            own |= Q(jurisdiction__in=mine.jurisdictions)
        return rows.filter(own)

from django.db.models import Q, QuerySet

from foundations.access.policy import register
from members.models import User
from members.policy import works_for
from members.standing import standing
from problems.models import Guidance, Visit
from problems.policy.circle import MatterPolicy


def is_addressee(user: User, row: Guidance | Visit) -> bool:
    return works_for(user, row.addressee)


@register(Guidance, Visit)
class GuidancePolicy(MatterPolicy):
    """Also the unit that is guided or was visited."""

    rules = {**MatterPolicy.rules, "reply": is_addressee}

    def admitted(self, user: User, rows: QuerySet) -> Q:
        mine = standing(user).organizations
        return super().admitted(user, rows) | Q(addressee__in=mine)

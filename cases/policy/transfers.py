from django.db.models import Q, QuerySet

from cases.models import Transfer
from cases.policy.acting import acts_in
from cases.policy.mediation import bureau_places
from foundations.access.policy import Policy, register
from members.models import User
from members.policy import works_for
from members.standing import standing
from members.states import Side


@register(Transfer)
class TransferPolicy(Policy):
    """The two bodies; of the government's own also the justice bureau."""

    rules = {
        "send": lambda user, transfer: acts_in(user, transfer.dispute, transfer.sender),
        "receive": lambda user, transfer: works_for(user, transfer.receiver),
    }

    def visible(self, user: User, rows: QuerySet[Transfer]) -> QuerySet[Transfer]:
        mine = standing(user)
        if not mine.is_staff:
            return rows.none()
        own = Q(sender__in=mine.organizations) | Q(receiver__in=mine.organizations)
        near = Q(sender__side=Side.GOVERNMENT) | Q(receiver__side=Side.GOVERNMENT)
        return rows.filter(own | (near & Q(dispute__jurisdiction__in=bureau_places(mine))))

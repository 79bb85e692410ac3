from django.db.models import Q, QuerySet

from cases.models import Inquiry
from cases.policy.acting import acts_in
from cases.policy.circle import works_for
from cases.policy.mediation import bureau_places
from foundations.access.policy import Policy, register
from members.models import User
from members.standing import standing
from members.states import Side


def sends(user: User, inquiry: Inquiry) -> bool:
    """For a unit of the government that takes part, to another of the same dispute's place."""
    near = {inquiry.asked_by.side, inquiry.asked_of.side} == {Side.GOVERNMENT}
    return near and acts_in(user, inquiry.dispute, inquiry.asked_by)


@register(Inquiry)
class InquiryPolicy(Policy):
    """gov_internal: the two units, and the justice bureau; no court and no centre."""

    rules = {"send": sends, "answer": lambda user, inquiry: works_for(user, inquiry.asked_of)}

    def visible(self, user: User, rows: QuerySet[Inquiry]) -> QuerySet[Inquiry]:
        mine = standing(user)
        if not mine.is_staff or Side.GOVERNMENT not in mine.sides:
            return rows.none()
        own = Q(asked_by__in=mine.organizations) | Q(asked_of__in=mine.organizations)
        return rows.filter(own | Q(dispute__jurisdiction__in=bureau_places(mine)))

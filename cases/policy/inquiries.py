from django.db.models import Q, QuerySet

from cases.models import Access, Dispute, Inquiry
from cases.policy.acting import acts_in
from cases.policy.mediation import bureau_places
from foundations.access.policy import Policy, register
from members.models import Organization, User
from members.policy import works_for
from members.standing import standing
from members.states import Side


def government_in(dispute: Dispute) -> QuerySet[Organization]:
    """The units of the government that see the dispute."""
    keys = Access.objects.filter(dispute=dispute, principal__startswith="o")
    seen = [int(key[1:]) for key in keys.values_list("principal", flat=True)]
    return Organization.objects.filter(pk__in=seen, side=Side.GOVERNMENT)


def sends(user: User, inquiry: Inquiry) -> bool:
    """For a unit of the government that takes part, to another that does."""
    near = government_in(inquiry.dispute)
    both = {inquiry.asked_by_id, inquiry.asked_of_id} <= set(near.values_list("pk", flat=True))
    return both and acts_in(user, inquiry.dispute, inquiry.asked_by)


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

from django.db.models import Q, QuerySet

from foundations.access.policy import Policy, register
from members.models import User
from members.policy import works_for
from members.standing import standing
from returns.models import Deliverable, Delivery


def delivers(user: User, row: Deliverable) -> bool:
    return works_for(user, row.organization)


def deliverables_of(user: User) -> Q:
    mine = standing(user)
    if not mine.is_staff:
        return Q(pk__in=())
    return Q(organization__in=mine.organizations) | Q(to__in=mine.organizations)


@register(Deliverable)
class DeliverablePolicy(Policy):
    """The unit that owes it, and who sees to it."""

    rules = {"deliver": delivers}

    def visible(self, user: User, rows: QuerySet[Deliverable]) -> QuerySet[Deliverable]:
        return rows.filter(deliverables_of(user))


@register(Delivery)
class DeliveryPolicy(Policy):
    def visible(self, user: User, rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
        seen = Deliverable.objects.filter(deliverables_of(user))
        return rows.filter(deliverable__in=seen.values("pk"))

from django.db.models import Q, QuerySet

from foundations.access.policy import Policy, register, visible_to
from members.models import User
from members.standing import standing
from members.states import Role
from services.deadlines.models import Deadline, Digest, Move


@register(Deadline)
class DeadlinePolicy(Policy):
    """Secretariats and leaders see the limits of their jurisdiction, others those they owe.

    A limit tells no more than its title and dates; the record itself has its own policy.
    """

    def visible(self, user: User, rows: QuerySet[Deadline]) -> QuerySet[Deadline]:
        mine = standing(user)
        near = Q(handler=user.pk)
        if mine.is_staff:
            near |= Q(owed_by__in=mine.organizations)
        if mine.has(Role.LIAISON_OFFICER, Role.RECORDER, Role.LEADER):
            near |= Q(jurisdiction__in=mine.jurisdictions)
        return rows.filter(near)


def settles(user: User, move: Move) -> bool:
    """The liaison officers of the place confirm what a new calendar moves."""
    mine = standing(user)
    return mine.has(Role.LIAISON_OFFICER) and move.deadline.jurisdiction_id in mine.jurisdictions


@register(Move)
class MovePolicy(Policy):
    rules = {"settle": settles}

    def visible(self, user: User, rows: QuerySet[Move]) -> QuerySet[Move]:
        return rows.filter(deadline__in=visible_to(user, Deadline))


@register(Digest)
class DigestPolicy(Policy):
    def visible(self, user: User, rows: QuerySet[Digest]) -> QuerySet[Digest]:
        return rows.filter(recipient=user.pk)

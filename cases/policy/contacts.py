from django.db.models import Q, QuerySet

from cases.models import Contact
from cases.policy.acting import acts_in
from foundations.access.policy import Policy, register
from members.models import User
from members.standing import standing


@register(Contact)
class ContactPolicy(Policy):
    """The court sees all contacts on its cases (G10); others those that they recorded."""

    rules = {"record": lambda user, contact: acts_in(user, contact.dispute, contact.recorded_for)}

    def visible(self, user: User, rows: QuerySet[Contact]) -> QuerySet[Contact]:
        mine = standing(user)
        if not mine.is_staff:
            return rows.none()
        court = Q(procedure__organ__in=mine.organizations)
        return rows.filter(court | Q(recorded_for__in=mine.organizations))

from django.db.models import Q, QuerySet

from foundations.access.policy import Policy, register
from members.models import User
from members.policy import works_for
from members.standing import standing
from workplans.models import IssueLedgerEntry
from workplans.states import IssueState


def rectifies(user: User, entry: IssueLedgerEntry) -> bool:
    return entry.state == IssueState.ASKED and works_for(user, entry.organization)


def verifies(user: User, entry: IssueLedgerEntry) -> bool:
    return entry.state == IssueState.RECTIFIED and works_for(user, entry.found_by)


def reopens(user: User, entry: IssueLedgerEntry) -> bool:
    return entry.state != IssueState.ASKED and works_for(user, entry.found_by)


@register(IssueLedgerEntry)
class IssuePolicy(Policy):
    """The reconsideration body that found it, and the unit in which it was found."""

    rules = {"rectify": rectifies, "verify": verifies, "reopen": reopens, "attach": rectifies}

    def visible(self, user: User, rows: QuerySet) -> QuerySet:
        mine = standing(user)
        if not mine.is_staff:
            return rows.none()
        held = mine.organizations
        return rows.filter(Q(found_by__in=held) | Q(organization__in=held))

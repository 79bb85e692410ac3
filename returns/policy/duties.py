from django.db.models import Q, QuerySet

from foundations.access.policy import Policy, register
from members.models import User
from members.policy import works_for
from members.standing import standing
from returns.models import Return, ReturnDuty
from returns.states import ReturnState


def hands_in(user: User, row: Return) -> bool:
    return row.is_owed and works_for(user, row.organization)


def accepts(user: User, row: Return) -> bool:
    return row.state == ReturnState.SENT and works_for(user, row.duty.to)


def sends_back(user: User, row: Return) -> bool:
    handed_in = row.state in (ReturnState.SENT, ReturnState.ACCEPTED)
    return handed_in and works_for(user, row.duty.to)


def takes(user: User, duty: ReturnDuty) -> bool:
    return works_for(user, duty.to)


@register(ReturnDuty)
class DutyPolicy(Policy):
    """Who takes the returns, and the units of which one was asked."""

    rules = {"take": takes}

    def visible(self, user: User, rows: QuerySet[ReturnDuty]) -> QuerySet[ReturnDuty]:
        mine = standing(user)
        if not mine.is_staff:
            return rows.none()
        asked = Return.objects.filter(organization__in=mine.organizations)
        return rows.filter(Q(to__in=mine.organizations) | Q(pk__in=asked.values("duty")))


@register(Return)
class ReturnPolicy(Policy):
    """A unit's figures are its own and those of who takes them."""

    rules = {"send": hands_in, "accept": accepts, "send_back": sends_back}

    def visible(self, user: User, rows: QuerySet[Return]) -> QuerySet[Return]:
        mine = standing(user)
        if not mine.is_staff:
            return rows.none()
        held = mine.organizations
        return rows.filter(Q(organization__in=held) | Q(duty__to__in=held))

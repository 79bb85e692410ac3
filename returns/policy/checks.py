from django.db.models import Q, QuerySet

from foundations.access.policy import Policy, register
from members.models import User
from members.policy import works_for
from members.standing import standing
from returns.models import CheckPoint, CheckRound, CheckSheet
from returns.states import SheetState


def calls(user: User, row: CheckRound) -> bool:
    return works_for(user, row.organization)


def fills(user: User, row: CheckSheet) -> bool:
    return row.state == SheetState.DUE and works_for(user, row.organization)


def mends(user: User, row: CheckPoint) -> bool:
    wanting = not row.passed and row.mended_on is None
    return wanting and works_for(user, row.sheet.organization)


def sheets_of(user: User) -> QuerySet[CheckSheet]:
    mine = standing(user)
    if not mine.is_staff:
        return CheckSheet.objects.none()
    held = mine.organizations
    return CheckSheet.objects.filter(Q(organization__in=held) | Q(round__organization__in=held))


@register(CheckRound)
class RoundPolicy(Policy):
    """Who called it, and the units that are asked."""

    rules = {"call": calls}

    def visible(self, user: User, rows: QuerySet[CheckRound]) -> QuerySet[CheckRound]:
        return rows.filter(pk__in=sheets_of(user).values("round"))


@register(CheckSheet)
class SheetPolicy(Policy):
    """What a unit found of itself is its own and the caller's."""

    rules = {"fill": fills}

    def visible(self, user: User, rows: QuerySet[CheckSheet]) -> QuerySet[CheckSheet]:
        return rows.filter(pk__in=sheets_of(user).values("pk"))


@register(CheckPoint)
class PointPolicy(Policy):
    rules = {"mend": mends}

    def visible(self, user: User, rows: QuerySet[CheckPoint]) -> QuerySet[CheckPoint]:
        return rows.filter(sheet__in=sheets_of(user).values("pk"))

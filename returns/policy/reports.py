from django.db.models import QuerySet

from foundations.access.policy import Policy, register
from members.models import User
from members.policy import works_for
from members.standing import standing
from returns.models import UpwardReport
from returns.states import UpwardState


def writes(user: User, row: UpwardReport) -> bool:
    return row.is_open and works_for(user, row.organization)


def issues(user: User, row: UpwardReport) -> bool:
    return row.state == UpwardState.DRAFT and works_for(user, row.organization)


def notes_answer(user: User, row: UpwardReport) -> bool:
    return row.state == UpwardState.ISSUED and works_for(user, row.organization)


@register(UpwardReport)
class UpwardPolicy(Policy):
    """The unit's own: the bodies above get the paper."""

    rules = {"write": writes, "issue": issues, "answer": notes_answer}

    def visible(self, user: User, rows: QuerySet[UpwardReport]) -> QuerySet[UpwardReport]:
        mine = standing(user)
        if not mine.is_staff:
            return rows.none()
        return rows.filter(organization__in=mine.organizations)

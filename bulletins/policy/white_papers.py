from django.db.models import Q, QuerySet

from bulletins.models import Circulation, WhitePaper
from foundations.access.policy import Policy, register
from members.models import User
from members.policy import works_for
from members.standing import standing
from members.states import OrganizationKind


def writes(user: User, paper: WhitePaper) -> bool:
    is_court = paper.organization.kind == OrganizationKind.COURT
    return paper.is_open and is_court and works_for(user, paper.organization)


@register(WhitePaper)
class WhitePaperPolicy(Policy):
    """Its court's own until it is circulated; then whoever it went to reads it."""

    rules = {"write": writes, "finish": writes, "tell": writes}

    def visible(self, user: User, rows: QuerySet[WhitePaper]) -> QuerySet[WhitePaper]:
        mine = standing(user)
        if not mine.is_staff:
            return rows.none()
        sent = Circulation.objects.filter(
            organization__in=mine.organizations, sent_at__isnull=False
        )
        received = Q(bulletin__in=sent.values("bulletin"))
        return rows.filter(Q(organization__in=mine.organizations) | received)

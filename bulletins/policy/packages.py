from django.db.models import QuerySet

from bulletins.models import QuarterPackage
from foundations.access.policy import Policy, register
from members.models import User
from members.policy import works_for
from members.standing import standing


def makes(user: User, package: QuarterPackage) -> bool:
    return works_for(user, package.organization)


@register(QuarterPackage)
class QuarterPackagePolicy(Policy):
    """Of the people of the body that told: it names what the body told to whom."""

    rules = {"make": makes}

    def visible(self, user: User, rows: QuerySet[QuarterPackage]) -> QuerySet[QuarterPackage]:
        mine = standing(user)
        return rows.filter(organization__in=mine.organizations) if mine.is_staff else rows.none()

from django.db.models import QuerySet

from cases.models.courts import CourtCode
from foundations.access.policy import Policy, policy_for, register
from foundations.audit.actor import User
from foundations.calendars.models import HolidayYear


@register(CourtCode)
class CourtCodePolicy(Policy):
    """Read by everybody; kept by whoever keeps the holidays, the portal's other table of
    facts from outside."""

    rules = {"publish": lambda user, court: policy_for(HolidayYear).can(user, "publish")}

    def visible(self, user: User, rows: QuerySet[CourtCode]) -> QuerySet[CourtCode]:
        return rows

from django.db.models import Q, QuerySet

from foundations.access.policy import Policy, register
from members.models import User
from members.policy import works_for
from members.standing import standing
from suggestions.models import Report


def drafts_report(user: User, report: Report) -> bool:
    return report.issued_on is None and works_for(user, report.organization)


@register(Report)
class ReportPolicy(Policy):
    """A draft is its organization's own; whoever was told reads what was issued."""

    rules = {"prepare": drafts_report, "issue": drafts_report}

    def visible(self, user: User, rows: QuerySet[Report]) -> QuerySet[Report]:
        mine = standing(user)
        if not mine.is_staff:
            return rows.none()
        told = Report.told.through.objects.filter(organization__in=mine.organizations)
        issued = Q(issued_on__isnull=False, pk__in=told.values("report"))
        return rows.filter(Q(organization__in=mine.organizations) | issued)

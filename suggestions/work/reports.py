"""The report on last year's letters that is owed in the first quarter (CX-26)."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from foundations.access.policy import visible_to
from foundations.ledgers.work import WorkItem
from members.desk import Sort, Sorts
from members.states import Role
from services.deadlines.models import Deadline
from suggestions.models import Report
from suggestions.models.reports import YEARLY_RULE
from suggestions.work.reading import Reading, Task


def sorts(reading: Reading) -> Sorts:
    """For the liaison officers of whoever owes it."""
    if reading.mine.has(Role.LIAISON_OFFICER):
        rows = visible_to(reading.user, Report).filter(
            organization__in=reading.mine.organizations, issued_on__isnull=True, quarter=0
        )
        yield Sort(rows, _owed)


def _owed(_reading: Reading, rows: QuerySet[Report]) -> list[Task]:
    reports = list(rows.select_related("organization", "mechanism"))
    limits = _limits(reports)
    return [(None, _item(one, limits[one.pk])) for one in reports if one.pk in limits]


def _limits(reports: list[Report]) -> dict[int, Deadline]:
    found = Deadline.objects.open().filter(
        rule=YEARLY_RULE,
        subject_type=ContentType.objects.get_for_model(Report),
        subject_id__in=[one.pk for one in reports],
    )
    return {limit.subject_id: limit for limit in found.select_related("provision")}


def _item(report: Report, limit: Deadline) -> WorkItem:
    drafted = report.by_id is not None
    clause = limit.provision.citation if limit.provision else limit.basis
    return WorkItem(
        group="todo",
        title=_("Report on the suggestions of %(year)d") % {"year": report.year},
        url=report.get_absolute_url(),
        verb=_("Issue") if drafted else _("Draft the report"),
        day=limit.due_on,
        meta=tuple(filter(None, (report.mechanism.short_title, clause))),
        party=report.organization.short_name,
    )

"""Reports that a unit owes, and those that who leads a task has to judge."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from foundations.ledgers.work import WorkItem
from members.desk import Desk, Sort, Sorts
from workplans.models import OF_TERM, ProgressReport, Task, TaskTerm
from workplans.policy.circle import judges
from workplans.states import Verdict


def sorts(desk: Desk) -> Sorts:
    if desk.works:
        owed = TaskTerm.objects.awaited().filter(unit__organization__in=desk.units)
        yield Sort(owed, _owed)
        yield Sort(_to_judge(desk), _judging)


def _owed(desk: Desk, rows: QuerySet[TaskTerm]) -> list[WorkItem]:
    return [_report(term) for term in rows.select_related(*OF_TERM) if term.first_on <= desk.on]


def _judging(desk: Desk, rows: QuerySet[ProgressReport]) -> list[WorkItem]:
    near = rows.select_related(*(f"term__{near}" for near in OF_TERM)).order_by("pk")
    reports = near.prefetch_related("term__unit__task__lead_units")
    return [_judge(one) for one in reports if judges(desk.user, one.term)]


def _to_judge(desk: Desk) -> QuerySet[ProgressReport]:
    led = Task.lead_units.through.objects.filter(organization__in=desk.units)
    circle = Q(term__unit__task__in=led.values("task"))
    circle |= Q(term__unit__task__task_list__keeper__in=desk.units)
    return ProgressReport.objects.filter(circle, state=Verdict.SENT)


def _report(term: TaskTerm) -> WorkItem:
    task = term.unit.task
    returned = term.again_by is not None
    return WorkItem(
        group="returned" if returned else "todo",
        title=task.measure[:80],
        url=reverse("workplans:report", args=[term.public_id]),
        verb=_("Report again") if returned else _("Report"),
        day=term.asked_by,
        meta=(_("Task %(n)s") % {"n": task.label}, term.name),
        party=task.task_list.keeper.short_name,
        party_note=task.task_list.title,
    )


def _judge(report: ProgressReport) -> WorkItem:
    term = report.term
    task = term.unit.task
    return WorkItem(
        group="sign",
        title=task.measure[:80],
        url=term.get_absolute_url(),
        verb=_("Judge the report"),
        meta=(_("Task %(n)s") % {"n": task.label}, term.name),
        party=term.unit.organization.short_name,
        party_note=_("reported progress"),
    )

from django.db.models import QuerySet

from foundations.access.policy import Policy, register
from members.models import User
from workplans.models import (
    ProgressReport,
    SupervisionLetter,
    Task,
    TaskList,
    TaskTerm,
    TaskUnit,
)
from workplans.policy.circle import (
    answers_for,
    judges,
    judges_report,
    keeps,
    read_terms,
    seen_lists,
    urges,
)
from workplans.states import TaskState


def runs(user: User, task: Task) -> bool:
    under_way = task.state == TaskState.OPEN and task.task_list.is_published
    return under_way and keeps(user, task.task_list)


def corrects(user: User, task: Task) -> bool:
    return task.task_list.is_draft and keeps(user, task.task_list)


@register(Task)
class TaskPolicy(Policy):
    """Seen with its list."""

    rules = {"split": runs, "change_due": runs, "close": runs, "edit": corrects}

    def visible(self, user: User, rows: QuerySet[Task]) -> QuerySet[Task]:
        return rows.filter(task_list__in=TaskList.objects.filter(seen_lists(user)))


@register(TaskUnit)
class TaskUnitPolicy(Policy):
    """Who answers for a task is part of the list."""

    def visible(self, user: User, rows: QuerySet[TaskUnit]) -> QuerySet[TaskUnit]:
        return rows.filter(task__task_list__in=TaskList.objects.filter(seen_lists(user)))


@register(TaskTerm)
class TaskTermPolicy(Policy):
    """That somebody has to report, and did, is seen with the list; what was reported is not."""

    rules = {"report": answers_for, "urge": urges, "judge": judges, "attach": answers_for}

    def visible(self, user: User, rows: QuerySet[TaskTerm]) -> QuerySet[TaskTerm]:
        lists = TaskList.objects.filter(seen_lists(user))
        return rows.filter(unit__task__task_list__in=lists)


@register(ProgressReport, SupervisionLetter)
class OfTermPolicy(Policy):
    """Read by the unit, by who leads the task or keeps the list, and by the officers."""

    rules = {"judge": judges_report}

    def visible(self, user: User, rows: QuerySet) -> QuerySet:
        return rows.filter(term__in=TaskTerm.objects.filter(read_terms(user)))

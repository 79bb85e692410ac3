from django.db.models import Q, QuerySet

from foundations.access.policy import Policy, register
from members.models import User
from members.policy import works_for
from members.standing import standing
from workplans.models import ListImport, TaskList
from workplans.policy.circle import keeps, seen_lists
from workplans.states import ImportState, ListState


def drafts(user: User, task_list: TaskList) -> bool:
    return task_list.state == ListState.DRAFT and keeps(user, task_list)


def ends(user: User, task_list: TaskList) -> bool:
    return task_list.state == ListState.PUBLISHED and keeps(user, task_list)


def rolls(user: User, task_list: TaskList) -> bool:
    return task_list.state != ListState.DRAFT and keeps(user, task_list)


@register(TaskList)
class TaskListPolicy(Policy):
    rules = {"publish": drafts, "edit": drafts, "close": ends, "roll": rolls}

    def visible(self, user: User, rows: QuerySet[TaskList]) -> QuerySet[TaskList]:
        return rows.filter(seen_lists(user))


def looks_through(user: User, row: ListImport) -> bool:
    return row.state == ImportState.READY and works_for(user, row.keeper)


@register(ListImport)
class ListImportPolicy(Policy):
    """The keeper's own until it is taken over; then whoever sees the list sees its file."""

    rules = {"correct": looks_through, "attach": looks_through}

    def visible(self, user: User, rows: QuerySet[ListImport]) -> QuerySet[ListImport]:
        lists = TaskList.objects.filter(seen_lists(user), source__isnull=False)
        return rows.filter(
            Q(keeper__in=standing(user).organizations) & self._staff(user)
            | Q(pk__in=lists.values("source"))
        )

    def _staff(self, user: User) -> Q:
        return Q() if standing(user).is_staff else Q(pk__in=())

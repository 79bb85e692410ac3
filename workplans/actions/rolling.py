"""The list of the next year out of this one's: which tasks go on, and by when."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from workplans.actions.lists import Head, Row, write_list
from workplans.actions.publishing import locked_list
from workplans.models import Task, TaskList


@action
def roll_over(
    list_id: int,
    *,
    actor: Actor,
    at: datetime,
    year: int,
    title: str,
    dues: Mapping[int, str],
    reporting: str = "",
) -> TaskList:
    """A draft for `year` with the tasks whose numbers `dues` has, due as it says.

    Groups are read anew on the day of its publication. Raises RuleBroken "none_go_on",
    "not_later" (field year), "list_there" (title), "no_due" (due_on).
    """
    old = locked_list(list_id)
    policy_for(TaskList).require(actor, "roll", old)
    if not dues:
        raise RuleBroken("none_go_on", _("Choose the tasks that go on."))
    if year <= old.year:
        message = _("The next list is of a later year than %(year)d.")
        raise RuleBroken("not_later", message % {"year": old.year}, "year")
    head = Head(
        mechanism=old.mechanism,
        keeper=old.keeper,
        year=year,
        title=title.strip(),
        reporting=reporting or old.reporting,
        rolled_from=old,
    )
    tasks = old.tasks.filter(number__in=dues, part=0).order_by("number")
    rows = [_row(n, task, dues[task.number]) for n, task in enumerate(tasks, start=1)]
    made = write_list(head, rows, actor=actor)
    record(actor, "workplans.list.rolled_over", old, year=year, tasks=len(rows))
    return made


def _row(number: int, task: Task, due: str) -> Row:
    texts = [task.lead_text, task.responsible_text, due, task.remark]
    return Row(
        number=number,
        main_task=task.main_task,
        measure=task.measure,
        lead_text=task.lead_text,
        responsible_text=task.responsible_text,
        due_text=due.strip(),
        lead=task.lead,
        responsible=task.responsible,
        remark=task.remark,
        provision_number=task.provision_number,
        targets=task.targets,
        cells=[str(number), task.main_task, task.measure, *texts],
    )

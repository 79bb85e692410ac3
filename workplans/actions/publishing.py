"""A task list comes into force: its groups become units, and reports are asked for."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.notifications.send import notify_once
from members.models import Organization
from suggestions.actions.steps import office_language, people_of
from workplans.actions.terms import ask_of_list, drop
from workplans.models import OF_TERM, Task, TaskList, TaskTerm, TaskUnit
from workplans.reading.units import Directory, nobody
from workplans.states import ListState, TermState


@action
def publish(
    list_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    counts_from: date | None = None,
    version: int | None = None,
) -> TaskList:
    """Bring a list into force: who is responsible is settled as groups stand on `on`.

    Reports are asked for from `counts_from` on (`on` if left out): what was due before is
    not. Raises RuleBroken "stale", "not_draft", "group_empty" (field on), which names the
    tasks, and "replaced" where another edition came into force meanwhile.
    """
    found = locked_list(list_id)
    policy_for(TaskList).require(actor, "publish", found)
    found.require_version(version)
    if not found.is_draft:
        raise RuleBroken("not_draft", _("This list was published before."))
    tasks = list(found.tasks.order_by("number", "part"))
    directory = Directory(found.jurisdiction, on)
    _refuse_empty(tasks, directory)
    if found.replaces is not None:
        end_list(locked_list(found.replaces.pk), actor=actor, on=on)
    units = [unit for task in tasks for unit in _settle(task, directory)]
    found.state, found.published_on = ListState.PUBLISHED, on
    found.counts_from = counts_from or on
    found.store()
    opened = ask_of_list(found, actor=actor, on=on)
    facts = {"units": len(set(units)), "terms": opened, "on": on.isoformat()}
    record(actor, "workplans.list.published", found, **facts)
    _tell(found, set(units), actor, at)
    return found


@action
def close_list(
    list_id: int, *, actor: Actor, at: datetime, on: date, version: int | None = None
) -> TaskList:
    """End a list: nothing more is asked of anybody, what was reported stays.

    Raises RuleBroken "stale", "not_published", "to_accept" while reports wait.
    """
    found = locked_list(list_id)
    policy_for(TaskList).require(actor, "close", found)
    found.require_version(version)
    if not found.is_published:
        raise RuleBroken("not_published", _("This list is not in force."))
    waiting = TaskTerm.objects.of_running().filter(
        state=TermState.SENT, unit__task__task_list=found
    )
    if count := waiting.count():
        message = ngettext(
            "%(n)d report waits to be accepted. Settle it first.",
            "%(n)d reports wait to be accepted. Settle them first.",
            count,
        )
        raise RuleBroken("to_accept", message % {"n": count})
    end_list(found, actor=actor, on=on)
    return found


def end_list(found: TaskList, *, actor: Actor, on: date) -> None:
    drop(open_terms_of(found), actor=actor, on=on)
    found.state, found.closed_on = ListState.CLOSED, on
    found.store()
    record(actor, "workplans.list.closed", found, on=on.isoformat())


def open_terms_of(found: TaskList) -> Iterable[TaskTerm]:
    rows = TaskTerm.objects.filter(unit__task__task_list=found, state=TermState.OPEN)
    return rows.select_related(*OF_TERM)


def locked_list(list_id: int) -> TaskList:
    rows = TaskList.objects.select_for_update(of=("self",))
    return rows.select_related("mechanism__jurisdiction", "keeper", "replaces").get(pk=list_id)


def _refuse_empty(tasks: list[Task], directory: Directory) -> None:
    """Raise RuleBroken if a task names nobody, or a group that nobody belongs to."""
    faults = [fault for task in tasks for fault in _empty_in(task, directory)]
    if faults:
        raise RuleBroken("group_empty", " ".join(faults), "on")


def _empty_in(task: Task, directory: Directory) -> Iterable[str]:
    place = _("Task %(n)s, %(column)s: %(fault)s")
    columns = (("lead", _("lead unit of the task")), ("responsible", _("responsible units")))
    for name, column in columns:
        refs = getattr(task, name)
        empty = directory.empty_in(refs)
        if not refs:
            fault = _("nobody is named.")
        elif empty:
            fault = nobody(empty, directory.on)
        else:
            continue
        yield place % {"n": task.label, "column": column, "fault": fault}


def _settle(task: Task, directory: Directory) -> list[Organization]:
    """The units of a task on the day, each with the word that names it."""
    task.lead_units.set(directory.all_of(task.lead))
    named: dict[Organization, str] = {}
    for ref in task.responsible:
        for unit in directory.units_of(ref):
            named.setdefault(unit, directory.name_of(ref))
    for unit, word in named.items():
        TaskUnit(task=task, organization=unit, word=word, resolved_on=directory.on).store()
    return list(named)


def _tell(found: TaskList, units: set[Organization], actor: Actor, at: datetime) -> None:
    with office_language():
        title = _("Task list published: %(title)s") % {"title": found.title}
        text = _("Your unit is responsible for tasks of it. See which, and by when.")
    people = {user for unit in units for user in people_of(unit, at)} - {actor}
    notify_once(people, found, reason="published", title=title, text=text, at=at)

"""What happens to a task of a published list: split, given another day, closed."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.notifications.send import notify_once
from services.deadlines.actions import move_due
from suggestions.actions.steps import day_of, office_language, people_of
from workplans.actions.terms import RULES, drop
from workplans.models import OF_TASK, OF_TERM, Task, TaskTerm
from workplans.states import TaskState, TermKind, TermState

COPIED = (
    *("number", "main_task", "measure", "lead_text", "responsible_text", "due_text", "lead"),
    *("due_kind", "due_on", "per", "milestones", "targets", "remark", "provision_number", "row"),
)
CLOSED = (TaskState.SPLIT, TaskState.CLOSED)


@action
def split(task_id: int, *, actor: Actor, at: datetime, version: int | None = None) -> list[Task]:
    """One row a unit: each takes its reports and limits with it; the whole stays as a head.

    Raises RuleBroken "stale", "ended", "one_unit", "is_part".
    """
    whole = _locked(task_id)
    policy_for(Task).require(actor, "split", whole)
    whole.require_version(version)
    _require_open(whole)
    if whole.part:
        raise RuleBroken("is_part", _("This is a part already."))
    units = list(whole.units.select_related("organization"))
    if len(units) < 2:
        raise RuleBroken("one_unit", _("Only one unit answers for this task."))
    parts = []
    for n, unit in enumerate(units, start=1):
        part = Task(task_list=whole.task_list, parent=whole, part=n, **_copied(whole))
        part.responsible = [f"unit:{unit.organization.key}"]
        part.store()
        part.lead_units.set(whole.lead_units.all())
        unit.task = part
        unit.store()
        parts.append(part)
    whole.state = TaskState.SPLIT
    whole.store()
    record(actor, "workplans.task.split", whole, parts=len(parts))
    return parts


def _copied(task: Task) -> dict:
    return {name: getattr(task, name) for name in COPIED}


@action
def change_due(
    task_id: int,
    *,
    actor: Actor,
    at: datetime,
    due_on: date,
    reason: str,
    version: int | None = None,
) -> Task:
    """Give a task that is due by a day another one; the words of its row stay.

    Raises RuleBroken "stale", "ended", "no_day", "due_met" (field due_on), "no_reason"
    (reason).
    """
    task = _locked(task_id)
    policy_for(Task).require(actor, "change_due", task)
    task.require_version(version)
    _require_open(task)
    if not reason.strip():
        raise RuleBroken("no_reason", _("Say why the day changes."), "reason")
    if task.due_on is None:
        raise RuleBroken("no_day", _("This task is long-term; it has no day."), "due_on")
    if due_on == task.due_on:
        raise RuleBroken("same_day", _("It is due on this day already."), "due_on")
    before, task.due_on = task.due_on, due_on
    task.store()
    told = {"before": before.isoformat(), "due_on": due_on.isoformat(), "reason": reason.strip()}
    record(actor, "workplans.task.due_changed", task, **told)
    for term in _terms_of(task).filter(kind=TermKind.DUE, state=TermState.OPEN):
        term.due_on = due_on
        term.store()
        move_due(term, RULES[term.kind], actor=actor, due_on=term.asked_by)
    _tell_units(task, due_on, reason, actor, at)
    return task


@action
def close_task(
    task_id: int, *, actor: Actor, at: datetime, outcome: str, version: int | None = None
) -> Task:
    """The task is done with; reports that are still awaited are not asked any more.

    Raises RuleBroken "stale", "ended", "to_accept", "no_outcome" (field outcome).
    """
    task = _locked(task_id)
    policy_for(Task).require(actor, "close", task)
    task.require_version(version)
    _require_open(task)
    if not outcome.strip():
        raise RuleBroken("no_outcome", _("Say what came of the task."), "outcome")
    if _terms_of(task).filter(state=TermState.SENT).exists():
        message = _("A report waits to be accepted. Settle it first.")
        raise RuleBroken("to_accept", message)
    on = day_of(at)
    drop(_terms_of(task).filter(state=TermState.OPEN), actor=actor, on=on)
    task.state, task.closed_on, task.outcome = TaskState.CLOSED, on, outcome.strip()
    task.store()
    record(actor, "workplans.task.closed", task, outcome=task.outcome)
    return task


def _locked(task_id: int) -> Task:
    return Task.objects.select_for_update(of=("self",)).select_related(*OF_TASK).get(pk=task_id)


def _require_open(task: Task) -> None:
    if task.state in CLOSED:
        raise RuleBroken("ended", _("This task is not under way any more."))


def _terms_of(task: Task) -> QuerySet[TaskTerm]:
    rows = TaskTerm.objects.select_for_update(of=("self",)).filter(unit__task=task)
    return rows.select_related(*OF_TERM)


def _tell_units(task: Task, due_on: date, reason: str, actor: Actor, at: datetime) -> None:
    with office_language():
        words = {"n": task.label, "day": due_on.isoformat(), "list": task.task_list.title}
        title = _("Task %(n)s is due on %(day)s: %(list)s") % words
    units = [row.organization for row in task.units.select_related("organization")]
    people = {user for unit in units for user in people_of(unit, at)} - {actor}
    mark = f"due:{due_on.isoformat()}"
    notify_once(people, task, reason=mark, title=title, text=reason.strip(), at=at)

"""When units have to report on a task, each time with its limit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.calendars.terms import Per, Term
from mechanisms.queries import provision
from services.deadlines.actions import cancel, open_deadline
from suggestions.actions.steps import office_language
from workplans.models import Task, TaskList, TaskTerm, TaskUnit
from workplans.states import DueKind, ListState, TaskState, TermKind, TermState

RULES: dict[str, str] = {
    TermKind.DUE: "TASK-DUE",
    TermKind.MILESTONE: "TASK-DUE",
    TermKind.PERIOD: "TASK-TERM",
}


@dataclass(frozen=True)
class Asked:
    """Once that every unit of a task has to report."""

    kind: TermKind
    name: str
    first_on: date
    due_on: date


def asked_by(task: Task, on: date) -> Iterator[Asked]:
    """What a task of a published list asks up to the term in which `on` lies.

    What was due before the list began to count is not asked any more.
    """
    begins = task.task_list.counts_from
    if begins is None:
        return
    for one in _by_day(task, begins):
        if one.due_on >= begins:
            yield one
    if DueKind(task.due_kind).goes_on:
        yield from _periods(task, begins, on)


def _by_day(task: Task, begins: date) -> Iterator[Asked]:
    for one in task.milestones:
        due_on = date.fromisoformat(one["due_on"])
        yield Asked(TermKind.MILESTONE, one["name"], begins, due_on)
    if task.due_on and DueKind(task.due_kind).has_day:
        yield Asked(TermKind.DUE, task.due_text[:60], begins, task.due_on)


def _periods(task: Task, begins: date, on: date) -> Iterator[Asked]:
    """The terms since the list counts; of a task that goes on after a day, those after it."""
    per = Per(task.per) if task.per else task.task_list.per
    first = max(begins, date(task.task_list.year, 1, 1))
    term = Term.around(per, first)
    while term.first_on <= on:
        if task.due_on is None or term.first_on > task.due_on:
            yield Asked(TermKind.PERIOD, term.label, term.first_on, term.last_on)
        term = Term.around(per, term.last_on + timedelta(days=1))


@action
def open_terms(*, on: date, actor: Actor = None) -> int:
    """Ask for what has come due to be reported in all lists in force; safe to repeat."""
    rows = TaskList.objects.filter(state=ListState.PUBLISHED).order_by("pk")
    return sum(ask_of_list(one, actor=actor, on=on) for one in rows.select_related(*NEAR))


NEAR = ("mechanism__jurisdiction", "keeper")


def ask_of_list(task_list: TaskList, *, actor: Actor, on: date) -> int:
    tasks = task_list.tasks.filter(state=TaskState.OPEN).prefetch_related(
        "units__organization", "units__terms"
    )
    return sum(ask(_with(task, task_list), task.units.all(), actor=actor, on=on) for task in tasks)


def _with(task: Task, task_list: TaskList) -> Task:
    task.task_list = task_list
    return task


def ask(task: Task, units: Iterable[TaskUnit], *, actor: Actor, on: date) -> int:
    """Open what is asked of these units and was not before; how many."""
    wanted, opened = list(asked_by(task, on)), 0
    for unit in units:
        known = {(one.kind, one.first_on, one.name) for one in unit.terms.all()}
        for one in wanted:
            if (one.kind, one.first_on, one.name) not in known:
                unit.task = task
                _open(unit, one, actor, on)
                opened += 1
    return opened


def _open(unit: TaskUnit, asked: Asked, actor: Actor, on: date) -> TaskTerm:
    term = TaskTerm(unit=unit, **vars(asked))
    term.store()
    open_limit(term, actor, min(asked.first_on, on))
    return term


def open_limit(term: TaskTerm, actor: Actor, trigger_on: date) -> None:
    """The limit by which the report of a term is owed."""
    unit, task = term.unit, term.unit.task
    mechanism = task.task_list.mechanism
    number = task.provision_number
    with office_language():
        title = _("Report on task %(n)s (%(term)s): %(list)s") % {
            "n": task.label,
            "term": term.name,
            "list": task.task_list.title,
        }
    open_deadline(
        term,
        RULES[term.kind],
        actor=actor,
        title=title,
        jurisdiction=mechanism.jurisdiction,
        owed_by=unit.organization,
        trigger_on=trigger_on,
        due_on=term.asked_by,
        provision=provision(mechanism, number, trigger_on) if number else None,
        mechanism=mechanism,
    )


def drop(terms: Iterable[TaskTerm], *, actor: Actor, on: date) -> None:
    """Ask no more for these; what was reported stays."""
    for term in terms:
        term.state = TermState.DROPPED
        term.store()
        cancel(term, RULES[term.kind], actor=actor, on=on)
        record(actor, "workplans.term.dropped", term)

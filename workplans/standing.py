"""Where the tasks of a list stand on a day: worked out from reports, never typed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from django.db.models import Prefetch, QuerySet

from workplans.models import Task, TaskList, TaskTerm, TaskUnit
from workplans.states import Stage, TaskState, TermState

ICONS: dict[str, tuple[str, str]] = {
    Stage.OVERDUE: ("over", "exclamation-octagon-fill"),
    Stage.TO_ACCEPT: ("wait", "inbox"),
    Stage.AWAITED: ("open", "hourglass-split"),
    Stage.SETTLED: ("done", "check-circle-fill"),
    Stage.UNASKED: ("draft", "dash-circle"),
    Stage.CLOSED: ("done", "check2-all"),
}


@dataclass(frozen=True)
class Line:
    """A task on a day. `main_span` and `lead_span` are the rows that its main task and lead
    share with those below it, as on paper; 0 where the row above has them."""

    task: Task
    on: date
    main_span: int = 1
    lead_span: int = 1

    @cached_property
    def units(self) -> list[TaskUnit]:
        return list(self.task.units.all())

    @cached_property
    def terms(self) -> list[TaskTerm]:
        return [term for unit in self.units for term in unit.terms.all()]

    @cached_property
    def awaited(self) -> list[TaskTerm]:
        return sorted(
            (term for term in self.terms if term.state == TermState.OPEN),
            key=lambda term: term.asked_by,
        )

    @property
    def overdue(self) -> list[TaskTerm]:
        return [term for term in self.awaited if term.asked_by < self.on]

    @property
    def to_accept(self) -> int:
        return sum(term.state == TermState.SENT for term in self.terms)

    @property
    def accepted(self) -> int:
        return sum(term.state == TermState.ACCEPTED for term in self.terms)

    @property
    def next_due(self) -> date | None:
        return self.awaited[0].asked_by if self.awaited else None

    @property
    def stage(self) -> Stage:
        if self.task.state == TaskState.CLOSED:
            return Stage.CLOSED
        if self.overdue:
            return Stage.OVERDUE
        if self.to_accept:
            return Stage.TO_ACCEPT
        if self.awaited:
            return Stage.AWAITED
        return Stage.SETTLED if self.accepted else Stage.UNASKED

    @property
    def state_pill(self) -> tuple[str, str, str]:
        kind, icon = ICONS[self.stage]
        return kind, icon, str(self.stage.label)


def with_reports(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Tasks with their units and what was asked of these, in four queries."""
    units = TaskUnit.objects.select_related("organization").prefetch_related("terms")
    return tasks.prefetch_related("lead_units", Prefetch("units", units))


def lines_of(task_list: TaskList, on: date, **narrowed: object) -> list[Line]:
    """The rows of a list; a task that was split is told by its parts."""
    rows = task_list.tasks.exclude(state=TaskState.SPLIT).filter(**narrowed)
    rows = with_reports(rows.order_by("number", "part")).distinct()
    return list(merged(list(rows), on))


def merged(tasks: Iterable[Task], on: date) -> Iterator[Line]:
    for _heading, group in groupby(tasks, key=lambda task: task.main_task):
        rows = list(group)
        place = 0
        for _lead, same in groupby(rows, key=lambda task: task.lead_text):
            of_lead = list(same)
            for n, task in enumerate(of_lead):
                main_span = len(rows) if place == 0 else 0
                yield Line(task, on, main_span, len(of_lead) if n == 0 else 0)
                place += 1


def columns_of(lines: list[Line]) -> list[tuple[Stage, str, list[Line]]]:
    """The board: a column for each stage that has tasks, those that press first."""
    found = [(stage, [line for line in lines if line.stage == stage]) for stage in Stage]
    return [(stage, ICONS[stage][1], rows) for stage, rows in found if rows]


def months_of(lines: list[Line]) -> list[tuple[date, list[tuple[date, Line, int]]]]:
    """The calendar: the months in which reports are due, each day with its tasks and of how
    many units."""
    days: dict[tuple[date, int], tuple[Line, int]] = {}
    for line in lines:
        for term in line.awaited:
            key = (term.asked_by, line.task.pk)
            _line, units = days.get(key, (line, 0))
            days[key] = (line, units + 1)
    rows = [(day, line, units) for (day, _pk), (line, units) in sorted(days.items(), key=_day)]
    return [
        (month, list(same)) for month, same in groupby(rows, key=lambda row: row[0].replace(day=1))
    ]


def _day(item: tuple[tuple[date, int], tuple[Line, int]]) -> tuple[date, int, int]:
    (day, _pk), (line, _units) = item
    return day, line.task.number, line.task.part

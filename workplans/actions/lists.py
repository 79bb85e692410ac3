"""The writers of task lists: written whole from a reading or a profile, published, closed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.audit.actor import Actor
from foundations.audit.trail import record
from mechanisms.models import Mechanism
from members.models import Organization
from workplans.models import ListImport, Task, TaskList
from workplans.reading.dues import due_of, milestones_in
from workplans.reading.targets import targets_in
from workplans.states import DueKind


@dataclass(frozen=True)
class Row:
    """A task as it is to be written; `lead` and `responsible` as `reading.units` has it."""

    number: int
    main_task: str
    measure: str
    lead_text: str
    responsible_text: str
    due_text: str
    lead: list[str]
    responsible: list[str]
    remark: str = ""
    provision_number: str = ""
    due_kind: str = ""
    due_on: date | None = None
    per: str = ""
    targets: list[dict] | None = None
    cells: list[str] = field(default_factory=list)

    def settled(self) -> dict:
        """What the texts say, where it was not settled by a person."""
        due = due_of(self.due_text)
        given = {} if self.due_kind else {"due_kind": due.kind, "due_on": due.due_on}
        return {
            "due_kind": self.due_kind,
            "due_on": self.due_on,
            "per": self.per or (due.per or ""),
            "targets": self.targets
            if self.targets is not None
            else [target.as_data() for target in targets_in(self.measure)],
            **given,
        }


@dataclass(frozen=True)
class Head:
    """What a list is called, who keeps it, and where it comes from."""

    mechanism: Mechanism
    keeper: Organization
    year: int
    title: str
    reporting: str = "quarter"
    replaces: TaskList | None = None
    rolled_from: TaskList | None = None
    source: ListImport | None = None


def editions_of(mechanism: Mechanism, year: int, title: str) -> Iterable[TaskList]:
    """The lists of that year and title, the newest edition first."""
    rows = TaskList.objects.filter(mechanism=mechanism, year=year, title=title)
    return rows.order_by("-edition")


def write_list(head: Head, rows: Iterable[Row], *, actor: Actor) -> TaskList:
    """The draft of a list with all its tasks; called inside an action that asked the policy.

    Raises RuleBroken: "list_there" (field title) for a list of the same year and title that
    is not replaced; "no_tasks" (field file); "same_number" (field number).
    """
    latest = next(iter(editions_of(head.mechanism, head.year, head.title)), None)
    if latest is not None and latest != head.replaces:
        message = _(
            "The list “%(title)s” of %(year)d is here already. To take this over in its "
            "place, upload it as a new version of that list."
        )
        words = {"title": head.title, "year": head.year}
        raise RuleBroken("list_there", message % words, "title")
    made = TaskList(**vars(head), edition=latest.edition + 1 if latest else 1)
    made.store()
    written = [_write_task(made, row) for row in rows]
    if not written:
        raise RuleBroken("no_tasks", _("There is no task in this list."), "file")
    record(actor, "workplans.list.written", made, tasks=len(written), year=head.year)
    return made


def _write_task(task_list: TaskList, row: Row) -> Task:
    if task_list.tasks.filter(number=row.number).exists():
        message = _("Two tasks have the number %(n)d.")
        raise RuleBroken("same_number", message % {"n": row.number}, "number")
    settled = row.settled()
    if settled["due_kind"] == DueKind.UNREAD:
        message = _("Task %(n)d: say by when it is due (“%(due)s” was not understood).")
        raise RuleBroken("no_due", message % {"n": row.number, "due": row.due_text}, "due_on")
    given = {**vars(row), **settled, "row": row.cells}
    del given["cells"]
    task = Task(task_list=task_list, milestones=_milestones(row, settled["due_on"]), **given)
    task.store()
    return task


def _milestones(row: Row, due_on: date | None) -> list[dict]:
    """Days that the measure sets itself, but for the due that stands in its own column."""
    found = milestones_in(row.measure)
    return [
        {"name": words, "due_on": day.isoformat()} for words, day, _doubt in found if day != due_on
    ]

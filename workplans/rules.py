"""How the clauses that are tasks of a list, or its enforcement-issue ledger, are judged."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mechanisms import rules
from mechanisms.findings import Clause, Finding, Occasion, Words, weigh_occasions, weigh_use
from mechanisms.states import ComplianceState, RuleKind
from workplans.models import IssueLedgerEntry, ProgressReport, Task, TaskTerm
from workplans.states import TermState, Verdict


def task_list(clause: Clause) -> Finding:
    """By the tasks that carry the clause: broken once a due day passed and a unit had not
    reported; kept when all units' reports of a term within a year are accepted.

    A clause that leaves room for other work (其他工作事项) is used by every list whose tasks
    carry no clause.
    """
    lists = Task.objects.filter(
        task_list__mechanism=clause.mechanism, task_list__published_on__lte=clause.on
    )
    if clause.may:
        return _other_work(clause, lists)
    tasks = lists.filter(provision_number=clause.provision.number)
    if not tasks.exists():
        said = _("No task list that has this clause is in force yet.")
        return Finding(ComplianceState.NOT_YET_DUE, said)
    words = Words(
        kept=_("The responsible units reported; the lead unit accepted their reports."),
        missing=_("Responsible units have still to report."),
        idle=_("Nothing was to be reported within a year."),
        period=_("By the task list"),
    )
    return weigh_occasions(clause, _occasions(tasks, clause.on), words)


def _other_work(clause: Clause, tasks: QuerySet[Task]) -> Finding:
    rows = tasks.filter(provision_number__in=("", clause.provision.number))
    lists = {one.task_list for one in rows.select_related("task_list__mechanism")}
    used = [Occasion(one, one.title, one.published_on) for one in lists if one.published_on]
    words = Words(
        kept=_("Other work is on a task list of the year."),
        missing="",
        idle=_("No task list with other work was published within a year."),
        period=_("As needed"),
    )
    return weigh_use(clause, used, words)


def _occasions(tasks: Iterable[Task], on: date) -> list[Occasion]:
    """One for each term of a task, for all its units together."""
    terms = TaskTerm.objects.filter(unit__task__in=tasks, first_on__lte=on).select_related(
        "unit__task__task_list"
    )
    found: dict[tuple, list[TaskTerm]] = defaultdict(list)
    for term in terms.prefetch_related("reports").order_by("due_on", "pk"):
        if not _dropped_by(term, on):
            task = term.unit.task
            found[task.task_list_id, task.number, term.kind, term.first_on, term.name].append(term)
    return [_occasion(same, on) for same in found.values()]


def _occasion(terms: list[TaskTerm], on: date) -> Occasion:
    task = terms[0].unit.task
    late = [_due(term, on) for term in terms if _standing(term, on) is None]
    accepted = [term.accepted_on for term in terms]
    whole = all(day is not None and day <= on for day in accepted)
    return Occasion(
        record=task,
        label=_("Task %(n)s, %(term)s") % {"n": task.label, "term": terms[0].name},
        on=terms[0].first_on,
        due_on=min(late) if late else None,
        done_on=max(day for day in accepted if day) if whole else None,
    )


def _dropped_by(term: TaskTerm, on: date) -> bool:
    """Was it asked no more by the day? It is dropped when its task or its list ends."""
    if term.state != TermState.DROPPED:
        return False
    task = term.unit.task
    ended = [day for day in (task.closed_on, task.task_list.closed_on) if day]
    return not ended or min(ended) <= on


def _standing(term: TaskTerm, on: date) -> ProgressReport | None:
    """The report that stood on the day: sent by then, and not returned by then."""
    for report in term.reports.all():
        if report.on <= on and not _returned_by(report, on):
            return report
    return None


def _returned_by(report: ProgressReport, on: date) -> bool:
    answered = report.answered_on
    return report.state == Verdict.RETURNED and answered is not None and answered <= on


def _due(term: TaskTerm, on: date) -> date:
    """The day that held: another one was set if a report had been returned."""
    returned = any(_returned_by(report, on) for report in term.reports.all())
    return term.again_by if returned and term.again_by else term.due_on


def issue_ledger(clause: Clause) -> Finding:
    """By the entries of the ledger: each is to be rectified by its day."""
    entries = IssueLedgerEntry.objects.filter(
        mechanism=clause.mechanism, found_on__lte=clause.on
    ).select_related("organization")
    found = [
        Occasion(
            record=entry,
            label=f"{entry.organization.short_name} {entry.get_category_display()}",
            on=entry.found_on,
            due_on=entry.rectify_by,
            done_on=entry.rectified_on,
        )
        for entry in entries
    ]
    words = Words(
        kept=_("Issues found in cases are in the ledger and rectified."),
        missing=_("A rectification is still to be reported."),
        idle=_("No enforcement issue was found within a year."),
        period=_("Each issue"),
    )
    return weigh_occasions(clause, found, words)


def register() -> None:
    rules.register(RuleKind.TASK, "task_list", task_list)
    rules.register(RuleKind.TASK, "issue_ledger_entry", issue_ledger)

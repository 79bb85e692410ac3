"""A task, what is asked of one unit on it, and all that is asked of a unit."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from mechanisms.queries import provision
from members.models import Organization
from members.standing import standing
from services.documents.attachments import attachments_of
from services.documents.models import OfficialDocument
from workplans.actions import progress
from workplans.forms.acts import ReportForm
from workplans.models import (
    OF_TASK,
    OF_TERM,
    ProgressReport,
    SupervisionLetter,
    Task,
    TaskList,
    TaskTerm,
)
from workplans.standing import Line, with_reports
from workplans.states import TermState


@require_GET
@login_required
def task(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = with_reports(visible_to(request.user, Task)).select_related(*OF_TASK, "parent")
    found: Task = get_object_or_404(rows, public_id=public_id)
    today = timezone.localdate()
    mechanism, number = found.task_list.mechanism, found.provision_number
    context = {
        "task": found,
        "list": found.task_list,
        "line": Line(found, today),
        "parts": found.parts.order_by("part"),
        "clause": provision(mechanism, number, today) if number else None,
        "heads": ["序号", "主要任务", "工作措施", "牵头单位", "责任单位", "完成时限", "备注"],
    }
    return render(request, "workplans/task.html", context)


@require_GET
@login_required
def term(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = find_term(request, public_id)
    user = request.user
    reports = (
        visible_to(user, ProgressReport).filter(term=found).select_related("by", "answered_by")
    )
    letters = visible_to(user, SupervisionLetter).filter(term=found)
    papers = visible_to(user, OfficialDocument)
    policy = policy_for(TaskTerm)
    context = {
        "term": found,
        "unit": found.unit,
        "task": found.unit.task,
        "list": found.unit.task.task_list,
        "reports": [(one, _figures(one), attachments_of(one)) for one in reports],
        "letters": [(one, papers.about(one)) for one in letters.select_related("by_organization")],
        "waiting": next((one for one in reports if one.state == "sent"), None),
        "reads": reports or policy.can(user, "judge", found) or _is_own(request, found),
        "may_report": policy.can(user, "report", found),
        "may_urge": policy.can(user, "urge", found),
        "may_judge": policy.can(user, "judge", found),
    }
    return render(request, "workplans/term.html", context)


def _is_own(request: SignedInRequest, found: TaskTerm) -> bool:
    return found.unit.organization_id in standing(request.user).organizations


def _figures(report: ProgressReport) -> list[tuple[dict, float, bool]]:
    """The targets that a report gives a figure for, and whether it reaches them."""
    pairs = zip(report.term.unit.task.targets, report.values, strict=False)
    return [
        (target, value, value >= target["at_least"])
        for target, value in pairs
        if value is not None
    ]


def find_term(request: SignedInRequest, public_id: str) -> TaskTerm:
    rows = visible_to(request.user, TaskTerm).select_related(*OF_TERM)
    found: TaskTerm = get_object_or_404(rows, public_id=public_id)
    return found


@page_of_form
@login_required
def report(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = find_term(request, public_id)
    policy_for(TaskTerm).require(request.user, "report", found)
    given = {"targets": found.unit.task.targets}
    form = filled(request, ReportForm, given, version=found.version)
    if sent(request, form, progress.report, term_id=found.pk):
        messages.success(request, _("The report is sent; who leads the task accepts it."))
        return redirect(found)
    return form_page(
        request,
        "workplans/report.html",
        form,
        title=_("Report progress"),
        verb=_("Send the report"),
        back=found,
        term=found,
        task=found.unit.task,
    )


class TermFilter(FilterSet):
    state = ChoiceFilter(label=_("State"), choices=TermState.choices)
    task_list = ModelChoiceFilter(
        label=_("Task list"),
        field_name="unit__task__task_list",
        queryset=lambda request: visible_to(request.user, TaskList),
    )
    late = ChoiceFilter(label=_("Overdue"), choices=[("1", _("Overdue"))], method="only_late")

    class Meta:
        model = TaskTerm
        fields: list[str] = []

    def only_late(self, rows: Any, _name: str, value: str) -> Any:
        return rows.overdue(timezone.localdate()) if value else rows


class TermLedger(Ledger):
    name = "task-reports"
    title = _("Reports on tasks")
    model = TaskTerm
    filterset_class = TermFilter
    search_fields = ("unit__organization__name", "unit__task__measure", "name")
    search_hint = _("Unit, measure, term")
    columns = (
        Column("task", _("Task"), value="unit.task.measure", sort="unit__task__number"),
        Column("unit", _("Unit"), value="unit.organization.short_name", width="160"),
        Column("name", _("Report for"), width="150"),
        Column("state", _("State"), value="get_state_display", width="132"),
        Column("due_on", _("Due"), value="asked_by", sort="due_on", width="150"),
        Column("sent_on", _("Sent in"), sort="sent_on", width="120"),
    )
    order = "due_on"
    row_template = "workplans/_term_row.html"
    empty = _("No progress reports here")
    empty_hint = _("They are asked for when a task list is in force.")
    standing_views = (
        (_("Awaited"), "state=open"),
        (_("Overdue"), "late=1"),
        (_("To accept"), "state=sent"),
        (_("All"), ""),
    )
    opens_on = "state=open"
    urgent_view = "late=1"


@require_GET
@login_required
def terms(request: SignedInRequest) -> HttpResponse:
    rows = visible_to(request.user, TaskTerm).select_related(*OF_TERM)
    return ledger_response(request, TermLedger, rows=rows)


@require_GET
@login_required
def unit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What a unit answers for in the lists in force: what presses first."""
    places = standing(request.user).jurisdictions
    found: Organization = get_object_or_404(
        Organization, public_id=public_id, jurisdiction__in=places
    )
    rows = visible_to(request.user, Task).filter(units__organization=found).exclude(state="split")
    tasks = with_reports(rows.filter(task_list__state="published")).select_related(*OF_TASK)
    today = timezone.localdate()
    lines = [Line(one, today) for one in tasks.order_by("task_list", "number", "part")]
    asked = [
        (line, [t for t in line.awaited if t.unit.organization_id == found.pk]) for line in lines
    ]
    context = {
        "unit": found,
        "asked": [(line, own) for line, own in asked if own],
        "asked_count": sum(len(own) for _line, own in asked),
        "settled": [line for line, own in asked if not own],
    }
    return render(request, "workplans/unit.html", context)


def _own(line: Line, unit: Organization) -> list[TaskTerm]:
    return [term for term in line.awaited if term.unit.organization_id == unit.pk]

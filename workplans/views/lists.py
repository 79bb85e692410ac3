"""The task lists, and one of them: as on paper, as a board, as a calendar."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from django_filters import ChoiceFilter, FilterSet

from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from mechanisms.models import Mechanism
from members.models import Organization
from services.documents.attachments import attachments_of
from workplans.models import TaskList
from workplans.papers.workbook import list_response
from workplans.policy.circle import keepers_for
from workplans.reading.units import Directory
from workplans.standing import Line, columns_of, lines_of, months_of
from workplans.states import ListState, Stage

VIEWS = (
    ("", gettext_lazy("Table"), "table"),
    ("board", gettext_lazy("Board"), "kanban"),
    ("calendar", gettext_lazy("Calendar by due"), "calendar3"),
)


class ListFilter(FilterSet):
    state = ChoiceFilter(label=gettext_lazy("State"), choices=ListState.choices)

    class Meta:
        model = TaskList
        fields: list[str] = []


class ListLedger(Ledger):
    name = "task-lists"
    title = gettext_lazy("Task lists")
    model = TaskList
    filterset_class = ListFilter
    search_fields = ("title", "keeper__name")
    search_hint = gettext_lazy("Title, keeper")
    columns = (
        Column("title", gettext_lazy("Task list")),
        Column("year", gettext_lazy("Year"), sort="year", width="88"),
        Column("state", gettext_lazy("State"), value="get_state_display", width="132"),
        Column("keeper", gettext_lazy("Kept by"), value="keeper.short_name", width="150"),
        Column("task_count", gettext_lazy("Tasks"), width="88"),
        Column("late_count", gettext_lazy("Overdue reports"), sort="late_count", width="120"),
    )
    order = "-year"
    row_template = "workplans/_list_row.html"
    head_template = "workplans/_lists_head.html"
    empty = gettext_lazy("No task list here")
    empty_hint = gettext_lazy(
        "A list comes from an Excel or Word file, from the text of the institution, or out of "
        "the list of the year before."
    )
    standing_views = (
        (gettext_lazy("All"), ""),
        (ListState.PUBLISHED.label, "state=published"),
        (ListState.DRAFT.label, "state=draft"),
    )


@require_GET
@login_required
def lists(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    late = Q(
        tasks__units__terms__state="open",
        tasks__units__terms__due_on__lt=today,
        tasks__state="open",
        state=ListState.PUBLISHED,
    )
    rows = visible_to(request.user, TaskList).select_related("keeper", "mechanism")
    rows = rows.annotate(
        task_count=Count("tasks", filter=Q(tasks__part=0), distinct=True),
        late_count=Count("tasks__units__terms", filter=late, distinct=True),
    )
    context = {"may_import": _may_import(request)}
    return ledger_response(request, ListLedger, rows=rows, context=context)


def _may_import(request: SignedInRequest) -> bool:
    today = timezone.localdate()
    mechanisms = visible_to(request.user, Mechanism).select_related("jurisdiction")
    return any(keepers_for(request.user, one, today) for one in mechanisms)


def find_list(request: SignedInRequest, public_id: str) -> TaskList:
    rows = visible_to(request.user, TaskList)
    near = ("mechanism__jurisdiction", "keeper", "replaces", "rolled_from", "source")
    found: TaskList = get_object_or_404(rows.select_related(*near), public_id=public_id)
    return found


@require_GET
@login_required
def detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = find_list(request, public_id)
    today = timezone.localdate()
    lines = narrowed(request, lines_of(found, today))
    if request.GET.get("export") == "xlsx":
        return list_response(request.user, found, lines, today)
    view = request.GET.get("view", "")
    context = {
        "list": found,
        "lines": lines,
        "task_count": len({line.task.number for line in lines}),
        "view": view,
        "views": _views(request, view),
        "columns": columns_of(lines) if view == "board" else [],
        "months": months_of(lines) if view == "calendar" else [],
        "counts": _counts(lines),
        "files": attachments_of(found.source) if found.source else [],
        "directory": _resolved(found, lines) if found.is_draft else None,
        **_filters(request, found),
    }
    return render(request, "workplans/list.html", context)


def narrowed(request: HttpRequest, lines: list[Line]) -> list[Line]:
    """The rows that the address asks for: of a unit, at a stage, with words."""
    words, unit = request.GET.get("q", "").strip(), request.GET.get("unit", "")
    stage = request.GET.get("stage", "")
    return [
        line
        for line in lines
        if (not words or words in f"{line.task.main_task}{line.task.measure}")
        and (not stage or line.stage == stage)
        and (not unit or unit in _units_of(line))
    ]


def _units_of(line: Line) -> set[str]:
    of_units = {str(unit.organization.public_id) for unit in line.units}
    return of_units | {str(unit.public_id) for unit in line.task.lead_units.all()}


def _views(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    """The ways to look at the list, each with the same conditions."""
    found = []
    for key, name, icon in VIEWS:
        query = request.GET.copy()
        query.pop("view", None)
        if key:
            query["view"] = key
        address = f"?{query.urlencode()}" if query else request.path
        found.append({"name": name, "icon": icon, "url": address, "current": key == current})
    return found


def _counts(lines: list[Line]) -> dict[str, int]:
    late = sum(len(line.overdue) for line in lines)
    waiting = sum(line.to_accept for line in lines)
    asked = sum(len(line.awaited) for line in lines)
    accepted = sum(line.accepted for line in lines)
    return {"late": late, "waiting": waiting, "asked": asked, "accepted": accepted}


def _filters(request: HttpRequest, found: TaskList) -> dict[str, Any]:
    units = Organization.objects.filter(
        pk__in=found.tasks.values("units__organization")
    ) | Organization.objects.filter(pk__in=found.tasks.values("lead_units"))
    return {
        "units": units.distinct().order_by("order", "pk"),
        "unit": request.GET.get("unit", ""),
        "stages": Stage.choices,
        "stage": request.GET.get("stage", ""),
        "q": request.GET.get("q", ""),
    }


def _resolved(found: TaskList, lines: list[Line]) -> list[str]:
    """What stands in the way of publishing a draft: names of groups that are empty today."""
    directory = Directory(found.jurisdiction, timezone.localdate())
    refs = [ref for line in lines for ref in (*line.task.lead, *line.task.responsible)]
    empty = directory.empty_in(list(dict.fromkeys(refs)))
    message = _("On this day nobody belongs to “%(name)s”.")
    return [message % {"name": name} for name in empty]

"""A list from a file: uploaded, looked through row by row, taken over; and rolled over."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from foundations.access.errors import RuleBroken
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.forms import run
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from mechanisms.models import Mechanism
from members.models import Organization
from services.documents.attachments import attachments_of
from workplans.actions import imports as actions
from workplans.actions.rolling import roll_over
from workplans.forms.imports import ListUploadForm, RollForm, RowForm, WordsForm, target_words
from workplans.models import ListImport, TaskList
from workplans.policy.circle import keepers_for
from workplans.reading.rows import Line, Preview
from workplans.states import DueKind
from workplans.views.lists import find_list


@page_of_form
@login_required
def upload(request: SignedInRequest) -> HttpResponse:
    mechanism, keepers = _where(request)
    form = filled(request, ListUploadForm, {"keepers": keepers})
    if sent(request, form, actions.receive, mechanism=mechanism):
        made = ListImport.objects.get(form_token=form.cleaned_data["form_token"])
        return redirect(made)
    return form_page(
        request,
        "workplans/upload.html",
        form,
        title=_("Import a task list"),
        verb=_("Read the file"),
        back="workplans:list",
        mechanism=mechanism,
    )


def _where(request: SignedInRequest) -> tuple[Mechanism, list[Organization]]:
    """The institution for which the user keeps lists."""
    rows = visible_to(request.user, Mechanism).select_related("jurisdiction").order_by("pk")
    key = request.GET.get("mechanism", "")
    found = list(rows.filter(key=key) if key else rows)
    if not found:
        raise Http404
    for mechanism in found:
        if keepers := keepers_for(request.user, mechanism, timezone.localdate()):
            return mechanism, keepers
    raise PermissionDenied("import")


def find_import(request: SignedInRequest, public_id: str) -> ListImport:
    near = ("mechanism__jurisdiction", "keeper", "replaces")
    rows = visible_to(request.user, ListImport).select_related(*near)
    found: ListImport = get_object_or_404(rows, public_id=public_id)
    return found


@require_GET
@login_required
def preview(request: SignedInRequest, public_id: str) -> HttpResponse:
    return _preview(request, find_import(request, public_id))


def _preview(
    request: SignedInRequest,
    row: ListImport,
    *,
    words: WordsForm | None = None,
    refused: str = "",
) -> HttpResponse:
    found = actions.preview_of(row, timezone.localdate())
    may_correct = policy_for(ListImport).can(request.user, "correct", row)
    context = {
        "row": row,
        "found": found,
        "lines": [_shown(line, found) for line in found.lines],
        "words": words or _words_form(row, found),
        "may_correct": may_correct,
        "refused": refused,
        "files": attachments_of(row),
        "list": row.lists.first(),
    }
    status = 422 if refused or (words is not None and words.is_bound) else 200
    response = render(request, "workplans/import.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _shown(line: Line, found: Preview) -> dict:
    directory = found.directory
    return {
        "line": line,
        "read": line.read,
        "lead": [(one, directory.units_of(one.ref)) for one in line.lead],
        "responsible": [(one, directory.units_of(one.ref)) for one in line.responsible],
        "due_kind": DueKind(line.read.due_kind),
        "targets": [target_words(target) for target in line.read.targets],
    }


def _words_form(row: ListImport, found: Preview, posted: Any = None) -> WordsForm | None:
    if not found.unknown:
        return None
    given: dict[str, Any] = {"words": found.unknown, "directory": found.directory}
    return WordsForm(posted, initial={"version": row.version}, **given)


@require_POST
@login_required
def words(request: SignedInRequest, public_id: str) -> HttpResponse:
    row = find_import(request, public_id)
    policy_for(ListImport).require(request.user, "correct", row)
    found = actions.preview_of(row, timezone.localdate())
    form = _words_form(row, found, request.POST)
    if form is None:
        return redirect(row)
    named = {"import_id": row.pk, "actor": request.user}
    if form.is_valid() and run(form, actions.map_words, **named, **form.given()):
        messages.success(request, _("The words are settled for the whole list."))
        return redirect(row)
    return _preview(request, row, words=form)


@page_of_form
@login_required
def correct(request: SignedInRequest, public_id: str, place: int) -> HttpResponse:
    row = find_import(request, public_id)
    policy_for(ListImport).require(request.user, "correct", row)
    found = actions.preview_of(row, timezone.localdate())
    line = next((one for one in found.lines if one.read.place == place), None)
    if line is None:
        raise Http404
    read = line.read
    first = {**read.as_data(), "version": row.version, "due_on": read.day}
    first["targets"] = [str(n) for n in range(len(read.targets))]
    form = filled(request, RowForm, {"line": line}, **first)
    if request.method == "POST" and form.is_valid() and _corrected(request, form, row, place):
        messages.success(request, _("The row is put right."))
        return redirect(f"{row.get_absolute_url()}#row-{place}")
    return form_page(
        request,
        "workplans/row.html",
        form,
        title=_("Correct a row"),
        verb=_("Keep"),
        back=row,
        line=line,
        row=row,
    )


def _corrected(request: SignedInRequest, form: RowForm, row: ListImport, place: int) -> bool:
    given = {"import_id": row.pk, "actor": request.user, "place": place}
    return run(form, actions.correct, **given, **form.given())


@require_POST
@login_required
def confirm(request: SignedInRequest, public_id: str) -> HttpResponse:
    row = find_import(request, public_id)
    try:
        made = actions.confirm(
            row.pk,
            actor=request.user,
            at=timezone.now(),
            version=int(request.POST.get("version") or 0),
        )
    except RuleBroken as broken:
        return _preview(request, row, refused=str(broken.message))
    messages.success(request, _("The list is taken over as a draft. Publish it when it is right."))
    return redirect(made)


@require_POST
@login_required
def discard(request: SignedInRequest, public_id: str) -> HttpResponse:
    row = find_import(request, public_id)
    actions.discard(row.pk, actor=request.user)
    messages.success(request, _("The file was thrown away; nothing of it was written."))
    return redirect("workplans:list")


@page_of_form
@login_required
def roll(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The list of the next year: which tasks go on, with what due."""
    found = find_list(request, public_id)
    policy_for(TaskList).require(request.user, "roll", found)
    tasks = list(found.tasks.filter(part=0).order_by("number"))
    form = filled(request, RollForm, {"task_list": found, "tasks": tasks})
    if sent(request, form, roll_over, list_id=found.pk):
        words = form.cleaned_data
        made = TaskList.objects.filter(rolled_from=found, year=words["year"]).latest("pk")
        messages.success(request, _("The draft of the next list is made."))
        return redirect(made)
    return form_page(
        request,
        "workplans/roll.html",
        form,
        title=_("Roll over to the next year"),
        verb=_("Make the draft"),
        back=found,
        list=found,
    )

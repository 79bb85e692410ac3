"""Files of disputes: uploaded, their columns assigned, checked, looked at, and written."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases import tasks
from cases.actions import imports as actions
from cases.forms.imports import ColumnsForm, ConfirmForm, UploadForm, columns_of
from cases.imports.checking import Findings, Sheeted
from cases.imports.fields import sheets
from cases.imports.files import error_file, template_file
from cases.models import Import, ImportMapping, ImportState
from cases.policy.imports import importing_organs
from foundations.access.forms import run
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.export import FORMATS
from foundations.notifications.kick import kick
from mechanisms.models import Mechanism
from members.models import Organization

AT_ONCE = 200
"""Files of so many rows are checked and written while the page is waited for."""
LISTED = 20


@require_http_methods(["GET", "POST"])
@login_required
def imports(request: SignedInRequest) -> HttpResponse:
    mechanism, organs = _where(request)
    mappings = visible_to(request.user, ImportMapping).filter(jurisdiction=mechanism.jurisdiction)
    given: dict[str, Any] = {"organs": organs, "mappings": list(mappings)}
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, **given)
        row = _received(request, form, mechanism)
        if row is not None:
            _check_if_known(request, form, row)
            return redirect(row)
    else:
        form = UploadForm(**given)
    rows = visible_to(request.user, Import).select_related("organization", "uploaded_by")
    context = {
        "form": form,
        "imports": Paginator(rows, LISTED).get_page(request.GET.get("page")),
        "mappings": given["mappings"],
        "sheets": sheets().values(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "cases/imports.html", context, status=status)


def _where(request: SignedInRequest) -> tuple[Mechanism, list[Organization]]:
    rows = visible_to(request.user, Mechanism).select_related("jurisdiction").order_by("pk")
    key = request.GET.get("mechanism", "")
    found = list(rows.filter(key=key) if key else rows)
    if not found:
        raise Http404
    for mechanism in found:
        if organs := importing_organs(request.user, mechanism, timezone.localdate()):
            return mechanism, organs
    raise PermissionDenied("import")


def _received(request: SignedInRequest, form: UploadForm, mechanism: Mechanism) -> Import | None:
    if not form.is_valid() or form.uploaded is None:
        return None
    token = form.cleaned_data["form_token"]
    sent = run(
        form,
        actions.receive,
        mechanism=mechanism,
        actor=request.user,
        organization=form.cleaned_data["organization"],
        columns=form.columns,
        uploaded=form.uploaded,
        token=token,
    )
    return Import.objects.get(form_token=token) if sent else None


def _check_if_known(request: SignedInRequest, form: UploadForm, row: Import) -> None:
    """With every column under its known head there is nothing to assign."""
    if actions.has_every_column(row, form.columns):
        own = columns_of(row)
        actions.assign(row.pk, actor=request.user, at=timezone.now(), columns=own)
        _go_on(row, tasks.check_import)


@require_GET
@login_required
def template(request: SignedInRequest, kind: str) -> HttpResponse:
    if kind not in sheets():
        raise Http404
    _where(request)
    return _file(template_file(sheets()[kind]), f"{sheets()[kind].title}导入模板.xlsx")


@require_GET
@login_required
def one(request: SignedInRequest, public_id: str) -> HttpResponse:
    row = _find(request, public_id)
    return _page(request, row)


@require_POST
@login_required
def assign(request: SignedInRequest, public_id: str) -> HttpResponse:
    row = _find(request, public_id)
    if row.state not in actions.EDITABLE:
        return redirect(row)
    form = ColumnsForm(request.POST, row=row, heads=Sheeted.of(row).heads)
    if not form.is_valid() or not run(
        form,
        actions.assign,
        import_id=row.pk,
        actor=request.user,
        at=timezone.now(),
        columns=form.columns(),
        keep_as=form.cleaned_data["keep_as"],
        version=form.cleaned_data["version"],
    ):
        return _page(request, row, form=form, status=422)
    _go_on(row, tasks.check_import)
    return redirect(row)


@require_POST
@login_required
def confirm(request: SignedInRequest, public_id: str) -> HttpResponse:
    row = _find(request, public_id)
    form = ConfirmForm(request.POST, unsure=bool(Findings.of(row).unsure))
    if not form.is_valid() or not run(
        form,
        actions.confirm,
        import_id=row.pk,
        actor=request.user,
        at=timezone.now(),
        alike_reason=form.cleaned_data["alike_reason"],
        version=form.cleaned_data["version"],
    ):
        return _page(request, row, confirming=form, status=422)
    _go_on(row, tasks.write_import)
    row.refresh_from_db()
    if row.state == ImportState.DONE:
        words = ngettext(
            "%(n)d dispute was imported.", "%(n)d disputes were imported.", row.written
        )
        messages.success(request, words % {"n": row.written})
    return redirect(row)


@require_POST
@login_required
def discard(request: SignedInRequest, public_id: str) -> HttpResponse:
    row = _find(request, public_id)
    actions.discard(row.pk, actor=request.user)
    messages.success(request, _("The file was thrown away; nothing of it was written."))
    return redirect("cases:imports")


@require_GET
@login_required
def faults(request: SignedInRequest, public_id: str) -> HttpResponse:
    row = _find(request, public_id)
    if not row.content or not row.findings:
        raise Http404
    name = row.file_name.rpartition(".")[0] or row.file_name
    faults = _("faults")
    return _file(error_file(row), f"{name}-{faults}.xlsx")


def _find(request: SignedInRequest, public_id: str) -> Import:
    rows = visible_to(request.user, Import).select_related("organization", "mechanism")
    row: Import = get_object_or_404(rows, public_id=public_id)
    return row


def _go_on(row: Import, task: Any) -> None:
    """At once where it is short, else in the background."""
    if row.rows <= AT_ONCE:
        task(row.pk)
    else:
        kick(task, row.pk)


def _page(
    request: SignedInRequest,
    row: Import,
    *,
    form: ColumnsForm | None = None,
    confirming: ConfirmForm | None = None,
    status: int = 200,
) -> HttpResponse:
    found = Findings.of(row)
    if form is None and row.state in actions.EDITABLE:
        form = ColumnsForm(row=row, heads=Sheeted.of(row).heads)
    if confirming is None:
        initial = {"version": row.version}
        confirming = ConfirmForm(initial=initial, unsure=bool(found.unsure))
    context = {
        "row": row,
        "found": found,
        "form": form,
        "confirming": confirming,
        "sheet": sheets()[row.kind],
        "bad_rows": len({number for number, _head, _text in found.faults}),
        "faults": found.faults[:100],
        "is_ready": row.state == ImportState.READY and bool(found.made),
    }
    partial = request.htmx and row.is_busy
    name = "cases/_import_busy.html" if partial else "cases/import.html"
    response = render(request, name, context, status=status)
    if request.htmx and not row.is_busy:
        response.headers["HX-Refresh"] = "true"
    response.headers["Cache-Control"] = "no-store"
    return response


def _file(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=FORMATS["xlsx"],
        headers={
            "Content-Disposition": content_disposition_header(True, name),
            "Cache-Control": "no-store",
        },
    )

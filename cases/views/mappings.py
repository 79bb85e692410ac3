"""The kept mappings of columns: a list beside the import, a page for each."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.actions import mappings as actions
from cases.forms.imports import MappingForm
from cases.imports.fields import sheets
from cases.models import ImportMapping
from foundations.access.form_pages import form_page, page_of_form
from foundations.access.forms import run
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest


@page_of_form
@login_required
def mapping(request: SignedInRequest, public_id: str) -> HttpResponse:
    row = _find(request, public_id)
    policy_for(ImportMapping).require(request.user, "edit", row)
    posted = (request.POST,) if request.method == "POST" else ()
    form = MappingForm(*posted, row=row)
    if posted and form.is_valid() and _saved(request, form, row):
        messages.success(request, _("The mapping is saved; the next file is read by it."))
        return redirect("cases:imports")
    return form_page(
        request,
        "cases/mapping.html",
        form,
        title=row.name,
        verb=_("Save"),
        back="cases:imports",
        mapping=row,
        sheet=sheets()[row.kind],
    )


def _saved(request: SignedInRequest, form: MappingForm, row: ImportMapping) -> bool:
    return run(
        form,
        actions.change_mapping,
        mapping_id=row.pk,
        actor=request.user,
        name=form.cleaned_data["name"],
        columns=form.columns(),
        version=form.cleaned_data["version"],
    )


@require_POST
@login_required
def remove(request: SignedInRequest, public_id: str) -> HttpResponse:
    row = _find(request, public_id)
    actions.remove_mapping(row.pk, actor=request.user)
    messages.success(request, _("The mapping is removed."))
    return redirect("cases:imports")


def _find(request: SignedInRequest, public_id: str) -> ImportMapping:
    rows = visible_to(request.user, ImportMapping).select_related("jurisdiction")
    row: ImportMapping = get_object_or_404(rows, public_id=public_id)
    return row

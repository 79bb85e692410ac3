"""查询: figures put together by their reader, kept, shared, taken away and mailed."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.dictionaries import area_choices
from dashboards.actions import change_query, keep_query, note_table, remove_query
from dashboards.forms.queries import ChangeForm, KeepForm, QueryForm, RemoveForm
from dashboards.models import SavedQuery
from dashboards.queries.results import Result, result_of
from dashboards.queries.wanted import Wanted, called
from dashboards.queries.workbook import workbook
from dashboards.views.compliance import find_judged
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.export import FORMATS
from mechanisms.models import Mechanism

BESIDE = 6
"""So many indicators stand beside each other on a page."""


@require_GET
@login_required
def queries(request: SignedInRequest, key: str) -> HttpResponse:
    """The reader's own queries of an institution, and those that others share."""
    mechanism = find_judged(request, key)
    rows = visible_to(request.user, SavedQuery).filter(mechanism=mechanism)
    rows = rows.select_related("owner", "organization", "unit", "mechanism")
    found = [(row, Wanted.of(row)) for row in rows]
    context = {
        "mechanism": mechanism,
        "own": [one for one in found if one[0].owner_id == request.user.pk],
        "shared": [one for one in found if one[0].owner_id != request.user.pk],
    }
    return render(request, "dashboards/queries.html", context)


@page_of_form
@login_required
def query_new(request: SignedInRequest, key: str) -> HttpResponse:
    """What the address asks for with its result at once; sent with a name, it is kept."""
    mechanism = find_judged(request, key)
    form = _form(request, mechanism, _stated(request))
    keep = filled(request, KeepForm)
    given = {"mechanism_id": mechanism.pk, "wanted": form.wanted if form.is_valid() else None}
    if form.is_valid() and sent(request, keep, keep_query, **given):
        messages.success(request, _("The query is kept."))
        made = SavedQuery.objects.select_related("mechanism")
        return redirect(made.get(form_token=keep.cleaned_data["form_token"]))
    return _builder(request, mechanism, form, keep, query=None)


@page_of_form
@login_required
def query_change(request: SignedInRequest, key: str, public_id: str) -> HttpResponse:
    """The same for a query that is there; without conditions in the address, its own."""
    mechanism, query = _find(request, key, public_id)
    policy_for(SavedQuery).require(request.user, "keep", query)
    form = _form(request, mechanism, _stated(request) or QueryDict(Wanted.of(query).query))
    first = {name: getattr(query, name) for name in ("version", "name", "shared_with", "mail_day")}
    keep = filled(request, ChangeForm, **first)
    given = {"query_id": query.pk, "wanted": form.wanted if form.is_valid() else None}
    if form.is_valid() and sent(request, keep, change_query, **given):
        messages.success(request, _("The query is changed."))
        return redirect(query)
    return _builder(request, mechanism, form, keep, query=query)


@page_of_form
@login_required
def query_remove(request: SignedInRequest, key: str, public_id: str) -> HttpResponse:
    mechanism, query = _find(request, key, public_id)
    policy_for(SavedQuery).require(request.user, "remove", query)
    form = filled(request, RemoveForm, version=query.version)
    if sent(request, form, remove_query, query_id=query.pk):
        messages.success(request, _("The query is removed."))
        return redirect("dashboards:queries", mechanism.key)
    return form_page(
        request,
        "forms/act.html",
        form,
        title=_("Remove the query"),
        verb=_("Remove"),
        back=query,
        about=query.name,
        note=_("It goes for good, with its monthly mail, also for whom it is shared with."),
    )


@require_GET
@login_required
def query(request: SignedInRequest, key: str, public_id: str) -> HttpResponse:
    """A kept query over the records of whoever opens it."""
    mechanism, found = _find(request, key, public_id)
    form = _form(request, mechanism, QueryDict(Wanted.of(found).query))
    context = {
        **_shown(form),
        "mechanism": mechanism,
        "query": found,
        "form": form,
        "is_own": found.owner_id == request.user.pk,
        "mails": found.mails.all()[:1] if found.owner_id == request.user.pk else (),
    }
    return render(request, "dashboards/query.html", context)


@require_GET
@login_required
def query_table(request: SignedInRequest, key: str) -> HttpResponse:
    """What the address asks for as a workbook, with the ways of counting; what cannot be
    counted is told by the page where it is put together."""
    mechanism = find_judged(request, key)
    form = _form(request, mechanism, request.GET)
    if not form.is_valid():
        page = reverse("dashboards:query-new", args=[mechanism.key])
        return redirect(f"{page}?{request.GET.urlencode()}")
    content = workbook(result_of(form.wanted, form.asked))
    title, asked = _("Result of the query"), form.asked
    name = f"{title}-{asked.first_on:%Y%m%d}-{asked.last_on:%Y%m%d}.xlsx"
    note_table(request.user, mechanism, form.wanted.query)
    headers = {
        "Content-Disposition": content_disposition_header(True, name),
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=FORMATS["xlsx"], headers=headers)


def _find(request: SignedInRequest, key: str, public_id: str) -> tuple[Mechanism, SavedQuery]:
    mechanism = find_judged(request, key)
    rows = visible_to(request.user, SavedQuery).filter(mechanism=mechanism)
    near = ("owner", "organization", "unit", "mechanism__jurisdiction")
    return mechanism, get_object_or_404(rows.select_related(*near), public_id=public_id)


def _stated(request: SignedInRequest) -> QueryDict | None:
    """What the address asks for; None where it has no conditions at all."""
    return request.GET if QueryForm.base_fields.keys() & request.GET.keys() else None


def _form(request: SignedInRequest, mechanism: Mechanism, data: QueryDict | None) -> QueryForm:
    return QueryForm(
        data,
        mechanism=mechanism,
        reader=request.user,
        areas=area_choices(),
        on=timezone.localdate(),
    )


def _shown(form: QueryForm) -> dict[str, Any]:
    """The result, where there is one, in tables that a page holds."""
    result: Result | None = result_of(form.wanted, form.asked) if form.is_valid() else None
    return {
        "result": result,
        "parts": result.parts(BESIDE) if result and result.is_apart else [],
        "period": called(form.asked) if result else "",
    }


def _builder(
    request: SignedInRequest,
    mechanism: Mechanism,
    form: QueryForm,
    keep: KeepForm,
    *,
    query: SavedQuery | None,
) -> HttpResponse:
    context = {
        **_shown(form),
        "mechanism": mechanism,
        "form": form,
        "keep": keep,
        "query": query,
        "has_address": bool(request.user.email),
    }
    refused = request.method == "POST"
    return render(
        request, "dashboards/query_builder.html", context, status=422 if refused else 200
    )

from django.contrib.auth.decorators import login_required
from django.db.models import Manager, Q, QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from foundations.access.forms import run
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from members.actions.organizations import create_organization, edit_organization, succeed
from members.forms.organizations import OrganizationForm, SuccessionForm
from members.models import Organization, OrganizationGroup, Post, RoleBinding, Succession
from members.models.terms import TermQuerySet
from members.standing import standing
from members.states import Side
from members.views.scope import keeps_any_lists, kept_jurisdiction, organizations_in

FOUND_AT_MOST = 20


@login_required
@require_GET
def organization_list(request: SignedInRequest) -> HttpResponse:
    """By side, divisions under their organization; with `q` only what it finds."""
    today = timezone.localdate()
    words = request.GET.get("q", "").strip()
    ended = "ended" in request.GET
    rows = _found(visible_to(request.user, Organization), words)
    rows = rows if ended else rows.on(today)
    rows = rows.select_related("parent", "acts_for", "jurisdiction").order_by("order", "pk")
    page = {
        "sides": _by_side(list(rows)),
        "words": words,
        "ended": ended,
        "today": today,
        "may_create": keeps_any_lists(request.user),
    }
    return render(request, "members/organizations.html", page)


@login_required
@require_GET
def organization_search(request: SignedInRequest) -> HttpResponse:
    """JSON for pickers: by name, short name or initials, within the reader's jurisdictions."""
    rows = _found(visible_to(request.user, Organization), request.GET.get("q", "").strip())
    rows = rows.on(timezone.localdate())
    if place := request.GET.get("jurisdiction", ""):
        rows = rows.filter(jurisdiction__key=place)
    found = rows.order_by("order", "pk")[:FOUND_AT_MOST]
    return JsonResponse({"results": [_as_result(organization) for organization in found]})


@login_required
@require_GET
def organization_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    organization = _visible(request, public_id)
    today = timezone.localdate()
    posts = visible_to(request.user, Post).on(today).filter(organization=organization)
    bindings = visible_to(request.user, RoleBinding).on(today).filter(organization=organization)
    groups = visible_to(request.user, OrganizationGroup)
    page = {
        "organization": organization,
        "posts": posts.select_related("person").order_by("rank", "pk"),
        "bindings": bindings.select_related("user").order_by("role", "pk"),
        "divisions": organization.divisions.on(today),
        "groups": groups.filter(organizations=organization).order_by("pk"),
        "predecessors": _successions(organization.inheritances),
        "successors": _successions(organization.successions),
        "shows_history": standing(request.user).is_staff,
    }
    return render(request, "members/organization.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def organization_new(request: SignedInRequest) -> HttpResponse:
    jurisdiction = kept_jurisdiction(request.user)
    form = OrganizationForm(
        request.POST or None,
        offered=organizations_in(request.user, jurisdiction.pk, timezone.localdate()),
    )
    if form.is_valid() and run(
        form,
        create_organization,
        jurisdiction_id=jurisdiction.pk,
        actor=request.user,
        **form.cleaned_data,
    ):
        return redirect("members:organizations")
    return _form_page(request, form, None)


@login_required
@require_http_methods(["GET", "POST"])
def organization_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    organization = _visible(request, public_id)
    policy_for(Organization).require(request.user, "edit", organization)
    offered = organizations_in(
        request.user, organization.jurisdiction_id, timezone.localdate()
    ).exclude(pk=organization.pk)
    form = OrganizationForm(
        request.POST or None, offered=offered, editing=True, initial=_initial(organization)
    )
    if form.is_valid() and run(
        form,
        edit_organization,
        organization_id=organization.pk,
        actor=request.user,
        **form.cleaned_data,
    ):
        return redirect(organization)
    return _form_page(request, form, organization)


@login_required
@require_http_methods(["GET", "POST"])
def organization_succeed(request: SignedInRequest, public_id: str) -> HttpResponse:
    organization = _visible(request, public_id)
    policy_for(Organization).require(request.user, "succeed", organization)
    offered = (
        visible_to(request.user, Organization)
        .filter(jurisdiction=organization.jurisdiction_id, valid_to__isnull=True)
        .exclude(pk=organization.pk)
    )
    form = SuccessionForm(request.POST or None, offered=offered)
    if form.is_valid() and run(
        form, succeed, predecessor_id=organization.pk, actor=request.user, **form.cleaned_data
    ):
        return redirect(organization)
    page = {"form": form, "organization": organization}
    return render(request, "members/succession.html", page, status=422 if form.is_bound else 200)


def _visible(request: SignedInRequest, public_id: str) -> Organization:
    rows = visible_to(request.user, Organization)
    rows = rows.select_related("jurisdiction", "parent", "acts_for")
    return get_object_or_404(rows, public_id=public_id)


def _found(rows: TermQuerySet, words: str) -> TermQuerySet:
    """Every word is in the name, the short name or the initials."""
    for word in words.split():
        rows = rows.filter(
            Q(name__icontains=word) | Q(short_name__icontains=word) | Q(initials__icontains=word)
        )
    return rows


def _by_side(rows: list[Organization]) -> list[dict]:
    """Sides in their order; a division whose organization is not in the list stands alone."""
    shown = {row.pk for row in rows}
    divisions: dict[int, list[Organization]] = {}
    for row in rows:
        if row.parent_id in shown:
            divisions.setdefault(row.parent_id, []).append(row)
    return [
        {
            "side": side,
            "lines": [
                {"row": row, "divisions": divisions.get(row.pk, [])}
                for row in rows
                if row.side == side and row.parent_id not in shown
            ],
        }
        for side in Side
        if any(row.side == side for row in rows)
    ]


def _as_result(organization: Organization) -> dict:
    return {
        "id": organization.public_id,
        "name": organization.name,
        "short_name": organization.short_name,
        "initials": organization.initials,
        "side": organization.side,
    }


def _successions(rows: Manager[Succession]) -> QuerySet[Succession]:
    return rows.select_related("predecessor", "successor").order_by("on", "pk")


def _initial(organization: Organization) -> dict:
    names = ("name", "short_name", "kind", "side", "parent", "acts_for", "order", "version")
    return {name: getattr(organization, name) for name in names}


def _form_page(
    request: SignedInRequest, form: OrganizationForm, organization: Organization | None
) -> HttpResponse:
    page = {"form": form, "organization": organization}
    return render(
        request, "members/organization_form.html", page, status=422 if form.is_bound else 200
    )

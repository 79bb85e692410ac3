"""The enforcement-issue ledger, its recurring problems, and an entry."""

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from django_filters import ChoiceFilter, DateFromToRangeFilter, FilterSet, ModelChoiceFilter

from cases.models import Procedure
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.export import sheet_response
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from mechanisms.models import Mechanism
from members.forms.fields import standing_organizations
from members.models import Organization
from members.states import Side
from services.documents.attachments import attachments_of
from workplans.actions import issues as actions
from workplans.forms.issues import IssueForm
from workplans.models import IssueLedgerEntry
from workplans.policy.circle import keepers_for
from workplans.states import Category, IssueState
from workplans.views.acts import OF_ISSUE

RECURS = 2
"""So many entries of a unit in one category are a recurring problem."""


def _units(request: Any) -> QuerySet[Organization]:
    seen = visible_to(request.user, IssueLedgerEntry)
    return Organization.objects.filter(pk__in=seen.values("organization")).order_by("order", "pk")


class IssueFilter(FilterSet):
    state = ChoiceFilter(label=_("State"), choices=IssueState.choices)
    category = ChoiceFilter(label=_("Category"), choices=Category.choices)
    unit = ModelChoiceFilter(
        label=_("Unit"), field_name="organization", queryset=_units, to_field_name="public_id"
    )
    found = DateFromToRangeFilter(label=_("Day of finding"), field_name="found_on")

    class Meta:
        model = IssueLedgerEntry
        fields: list[str] = []


class IssueLedger(Ledger):
    name = "enforcement-issues"
    title = _("Enforcement-issue ledger")
    model = IssueLedgerEntry
    filterset_class = IssueFilter
    search_fields = ("cause", "what", "organization__name")
    search_hint = _("Cause, finding, unit")
    columns = (
        Column("issue", _("Enforcement issue"), value="cause"),
        Column("what", _("What was found"), shown=False),
        Column("category", _("Category"), value="get_category_display", width="150"),
        Column("unit", _("Unit"), value="organization.short_name", width="150"),
        Column("case", _("Case"), value="procedure.number", shown=False),
        Column("state", _("State"), value="get_state_display", width="132"),
        Column("found_on", _("Day of finding"), sort="found_on", width="120"),
        Column("rectify_by", _("Rectify by"), sort="rectify_by", width="150"),
        Column("rectified_on", _("Rectified on"), shown=False),
        Column("measures", _("What was rectified"), shown=False),
        Column("verified_on", _("Verified on"), shown=False),
    )
    order = "-found_on"
    row_template = "workplans/_issue_row.html"
    head_template = "workplans/_issues_head.html"
    empty = _("No enforcement issue here")
    empty_hint = _("The reconsideration body enters what it finds in cases.")
    standing_views = (
        (_("All"), ""),
        (IssueState.ASKED.label, "state=asked"),
        (IssueState.RECTIFIED.label, "state=rectified"),
        (IssueState.VERIFIED.label, "state=verified"),
    )


@require_GET
@login_required
def issues(request: SignedInRequest) -> HttpResponse:
    rows = visible_to(request.user, IssueLedgerEntry).select_related(*OF_ISSUE, "procedure")
    context = {"may_enter": bool(_bodies(request))}
    return ledger_response(request, IssueLedger, rows=rows, context=context)


def _bodies(request: SignedInRequest) -> list[tuple[Mechanism, Organization]]:
    """The reconsideration bodies for which the user works, with their institutions."""
    mechanisms = visible_to(request.user, Mechanism).select_related("jurisdiction")
    return [
        (mechanism, unit)
        for mechanism in mechanisms
        for unit in keepers_for(request.user, mechanism, timezone.localdate())
        if unit.side == Side.GOVERNMENT
    ]


@require_GET
@login_required
def issue(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = visible_to(request.user, IssueLedgerEntry).select_related(*OF_ISSUE, "by")
    found: IssueLedgerEntry = get_object_or_404(rows, public_id=public_id)
    cases = visible_to(request.user, Procedure).select_related("dispute")
    again = visible_to(request.user, IssueLedgerEntry).filter(
        organization=found.organization, category=found.category
    )
    context = {
        "issue": found,
        "case": cases.filter(pk=found.procedure_id).first() if found.procedure_id else None,
        "files": attachments_of(found),
        "again": again.exclude(pk=found.pk)[:10],
    }
    return render(request, "workplans/issue.html", context)


@page_of_form
@login_required
def enter(request: SignedInRequest) -> HttpResponse:
    bodies = _bodies(request)
    if not bodies:
        raise PermissionDenied("enter")
    mechanism, body = bodies[0]
    today = timezone.localdate()
    cases = visible_to(request.user, Procedure).select_related("dispute")
    units = standing_organizations(mechanism.jurisdiction_id, today).filter(side=Side.GOVERNMENT)
    given = {"choices": {"organization": units, "procedure": cases.order_by("-opened_on", "-pk")}}
    case = cases.filter(public_id=request.GET.get("case", "")).first()
    first = {"procedure": case.public_id} if case else {}
    form = filled(request, IssueForm, given, found_on=today, **first)
    if sent(request, form, actions.enter, mechanism=mechanism, found_by=body):
        messages.success(request, _("The issue is entered; the unit has been told."))
        token = form.cleaned_data["form_token"]
        return redirect(IssueLedgerEntry.objects.get(form_token=token))
    return form_page(
        request,
        "workplans/issue_form.html",
        form,
        title=_("Enter an enforcement issue"),
        verb=_("Enter"),
        back="workplans:issues",
    )


@require_GET
@login_required
def recurring(request: SignedInRequest) -> HttpResponse:
    """Units by categories: what was found again and again."""
    seen = visible_to(request.user, IssueLedgerEntry)
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for row in seen.order_by().values("organization", "category").annotate(n=Count("pk")):
        counts[row["organization"]][row["category"]] = row["n"]
    units = Organization.objects.filter(pk__in=counts).order_by("order", "pk")
    table = [(unit, _cells(counts[unit.pk]), sum(counts[unit.pk].values())) for unit in units]
    if request.GET.get("export") == "xlsx":
        heads = [str(_("Unit")), *(str(label) for label in Category.labels), str(_("All"))]
        rows = [[u.name, *(n for *_words, n in cells), total] for u, cells, total in table]
        title = str(_("Recurring enforcement issues"))
        return sheet_response([heads, *rows], title, on=timezone.localdate())
    context = {"table": table, "categories": Category.choices, "recurs": RECURS}
    return render(request, "workplans/recurring.html", context)


def _cells(counts: dict[str, int]) -> list[tuple[str, str, int]]:
    return [(key, str(label), counts.get(key, 0)) for key, label in Category.choices]

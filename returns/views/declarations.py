"""述廉、回避: what people of a unit declare, read by them and the unit's leaders."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST
from django_filters import ChoiceFilter, FilterSet, NumberFilter

from cases.models import Dispute, Procedure
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.audit.trail import record_reading
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from members.forms.fields import standing_organizations
from members.models import Organization, User
from members.standing import standing
from returns.actions import declarations as actions
from returns.forms.declarations import DeclarationForm
from returns.models import Declaration
from returns.states import DeclarationKind


class DeclarationFilter(FilterSet):
    kind = ChoiceFilter(label=_("Kind"), choices=DeclarationKind.choices)
    year = NumberFilter(label=_("Year"))

    class Meta:
        model = Declaration
        fields: list[str] = []


class DeclarationLedger(Ledger):
    name = "declarations"
    title = _("Integrity and recusal")
    subtitle = _("Read by whoever declares and the leaders of the unit")
    model = Declaration
    filterset_class = DeclarationFilter
    search_fields = ("author__display_name", "organization__short_name")
    search_hint = _("Name, unit")
    columns = (
        Column("kind", _("Kind"), value="get_kind_display", sort="kind"),
        Column("author", _("Declared by"), value="author", width="160"),
        Column("unit", _("Unit"), value="organization.name", css="hide-s"),
        Column("year", _("Year"), sort="year", width="88"),
        Column("on", _("Declared on"), sort="on", width="132"),
        Column("seen_on", _("Read on"), width="132", css="hide-s"),
    )
    order = "-on"
    row_template = "returns/_declaration_row.html"
    empty = _("No declarations here")
    empty_hint = _("Whoever handles reconsideration cases gives in a statement each year.")
    head_template = "returns/_declarations_head.html"


@require_GET
@login_required
def declarations(request: SignedInRequest) -> HttpResponse:
    rows = visible_to(request.user, Declaration).for_listing()
    may = {"may_declare": _units(request.user).exists()}
    return ledger_response(request, DeclarationLedger, rows=rows, context=may)


def _units(user: User) -> QuerySet[Organization]:
    mine = standing(user)
    if not mine.is_staff:
        return Organization.objects.none()
    rows = Organization.objects.none()
    for place in sorted(mine.jurisdictions):
        rows = rows | standing_organizations(place, timezone.localdate())
    return rows.filter(pk__in=mine.organizations).order_by("order", "pk")


def _procedures(user: User) -> QuerySet[Procedure]:
    """The running ones that the reader's own units handle."""
    seen = visible_to(user, Dispute).values("pk")
    held = Procedure.objects.filter(
        dispute__in=seen, organ__in=standing(user).organizations, closed_on=None
    )
    return held.select_related("dispute").order_by("-opened_on", "-pk")


@page_of_form
@login_required
def declaration_new(request: SignedInRequest) -> HttpResponse:
    units, today = _units(request.user), timezone.localdate()
    if not units.exists():
        raise PermissionDenied("declare")
    choices = {"organization": units, "procedure": _procedures(request.user)}
    form = filled(request, DeclarationForm, {"choices": choices}, year=today.year, on=today)
    if sent(request, form, actions.declare):
        messages.success(request, gettext("The declaration is given in."))
        return redirect("returns:declarations")
    return form_page(
        request,
        "forms/act.html",
        form,
        title=gettext("Give in a declaration"),
        verb=gettext("Give in"),
        back="returns:declarations",
        note=gettext("It is read by you and the leaders of your unit alone."),
    )


@require_GET
@login_required
def declaration(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Every reading is kept: what is declared is confidential."""
    found = _found(request, public_id)
    procedure = None
    if found.procedure_id:
        seen = visible_to(request.user, Dispute).values("pk")
        rows = Procedure.objects.filter(pk=found.procedure_id, dispute__in=seen)
        procedure = rows.select_related("dispute").first()
    record_reading(request.user, found)
    context = {
        "one": found,
        "procedure": procedure,
        "may_note": policy_for(Declaration).can(request.user, "note", found),
    }
    return render(request, "returns/declaration.html", context)


@require_POST
@login_required
def note(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id)
    actions.note_read(found.pk, actor=request.user, at=timezone.now())
    messages.success(request, gettext("It is noted as read."))
    return redirect(found)


def _found(request: SignedInRequest, public_id: str) -> Declaration:
    rows = visible_to(request.user, Declaration).for_listing()
    found: Declaration = get_object_or_404(rows, public_id=public_id)
    return found

"""自查, 场所设施: rounds of checks, the sheets of the units, what was put right."""

from typing import ClassVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from django_filters import ChoiceFilter, FilterSet

from foundations.access.acts import Act, page
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from members.forms.fields import standing_organizations
from members.policy import works_for
from members.standing import standing
from members.states import Side
from returns.actions import checks as actions
from returns.forms.checks import MendForm, RoundForm, SheetForm
from returns.models import CheckPoint, CheckRound, CheckSheet
from returns.models.checks import POINT_RULE, SHEET_RULE
from returns.states import RoundKind, SheetState
from returns.views.choices import clauses_of, named, own_units
from services.deadlines.models import Deadline
from suggestions.views.finding import find_mechanism


class SheetFilter(FilterSet):
    state = ChoiceFilter(label=_("State"), choices=SheetState.choices)

    class Meta:
        model = CheckSheet
        fields: list[str] = []


class SheetLedger(Ledger):
    kind: ClassVar[str]
    model = CheckSheet
    filterset_class = SheetFilter
    search_fields = ("round__title", "organization__short_name")
    search_hint = _("Check, unit")
    columns = (
        Column("title", _("Check"), value="round.title", sort="round__title"),
        Column("unit", _("Unit"), value="organization.name", sort="organization__order"),
        Column("state", _("State"), value=lambda row: row.state_pill[2], width="124"),
        Column("day", _("Due on"), value="day", width="210"),
        Column("sent_on", _("Checked on"), sort="sent_on", width="140", css="hide-s"),
        Column(
            "lacking",
            _("Wanting"),
            value=lambda row: "、".join(one.item for one in row.lacking),
            css="hide-s",
        ),
    )
    order = "-title"
    row_template = "returns/_sheet_row.html"
    empty_hint = _("A check is called for several units, or by a unit for itself.")
    standing_views = ((_("All"), ""), (_("To be filled in"), "state=due"))
    head_template = "returns/_sheets_head.html"


class FacilityLedger(SheetLedger):
    name = "facilities"
    kind = RoundKind.FACILITY
    title = _("Rooms and means")
    subtitle = _("What is there, what is wanting, and by when")
    empty = _("No facility checks here")


class SelfCheckLedger(SheetLedger):
    name = "self-checks"
    kind = RoundKind.SELF_CHECK
    title = _("Self-checks")
    subtitle = _("What units found of their own work, and put right")
    empty = _("No self-checks here")


@require_GET
@login_required
def facilities(request: SignedInRequest) -> HttpResponse:
    return _sheets(request, FacilityLedger)


@require_GET
@login_required
def checks(request: SignedInRequest) -> HttpResponse:
    return _sheets(request, SelfCheckLedger)


def _sheets(request: SignedInRequest, ledger: type[SheetLedger]) -> HttpResponse:
    rows = visible_to(request.user, CheckSheet).for_listing().filter(round__kind=ledger.kind)
    context = {
        "may_call": own_units(request.user, timezone.localdate()).exists(),
        "kind": ledger.kind,
    }
    return ledger_response(request, ledger, rows=rows, context=context)


@page_of_form
@login_required
def round_new(request: SignedInRequest) -> HttpResponse:
    """A round of checks; its items begin as the clause words them."""
    today = timezone.localdate()
    own = own_units(request.user, today)
    if not own.exists():
        raise PermissionDenied("call")
    mechanism = find_mechanism(request, request.GET.get("mechanism", ""))
    kind = request.GET.get("kind", RoundKind.SELF_CHECK)
    clauses = clauses_of(mechanism, RoundKind.values, today)
    first = next((one for one in clauses if one.subject == kind), None)
    begin = {
        "kind": kind,
        "number": first.number if first else "",
        "items": "\n".join(first.parameters.get("items", ())) if first else "",
    }
    given = {"choices": {"organization": own, "units": _asked(request, mechanism.jurisdiction_id)}}
    form = filled(request, RoundForm, {**given, "clauses": named(clauses)}, **begin)
    if sent(request, form, actions.call_round, mechanism_id=mechanism.pk):
        messages.success(request, gettext("The units are asked to check themselves."))
        facility = form.cleaned_data["kind"] == RoundKind.FACILITY
        return redirect("returns:facilities" if facility else "returns:checks")
    return form_page(
        request,
        "forms/act.html",
        form,
        title=gettext("Call a check"),
        verb=gettext("Ask the units"),
        back="returns:facilities" if kind == RoundKind.FACILITY else "returns:checks",
        about=mechanism.short_title,
    )


def _asked(request: SignedInRequest, place: int) -> object:
    """Every unit of the government side for its secretariat; else the own ones."""
    mine, today = standing(request.user), timezone.localdate()
    if mine.is_secretariat and Side.GOVERNMENT in mine.sides:
        rows = standing_organizations(place, today).filter(side=Side.GOVERNMENT)
        return rows.order_by("order", "pk")
    return own_units(request.user, today)


@require_GET
@login_required
def check_round(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = visible_to(request.user, CheckRound).select_related(
        "organization", "mechanism", "jurisdiction"
    )
    found: CheckRound = get_object_or_404(rows, public_id=public_id)
    sheets = visible_to(request.user, CheckSheet).for_listing().filter(round=found)
    context = {"round": found, "sheets": list(sheets.order_by("organization__order", "pk"))}
    return render(request, "returns/round.html", context)


@require_GET
@login_required
def sheet(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id)
    mine = works_for(request.user, found.organization)
    limits = Deadline.objects.about(found).filter(Q(rule=SHEET_RULE) | Q(rule=POINT_RULE))
    context = {
        "sheet": found,
        "points": list(found.points.all()),
        "limit": limits.open().order_by("due_on").first(),
        "may_fill": policy_for(CheckSheet).can(request.user, "fill", found),
        "may_mend": mine,
    }
    return render(request, "returns/sheet.html", context)


@page_of_form
@login_required
def fill(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id)
    policy_for(CheckSheet).require(request.user, "fill", found)
    form = filled(request, SheetForm, {"sheet": found}, version=found.version)
    if sent(request, form, actions.fill_sheet, sheet_id=found.pk):
        messages.success(request, gettext("The sheet is filled in."))
        return redirect(found)
    return form_page(
        request,
        "forms/act.html",
        form,
        title=found.round.title,
        verb=gettext("Hand in the sheet"),
        back=found.get_absolute_url(),
        about=found.organization.short_name,
        note=gettext("What is wanting needs a day by which it is put right."),
    )


class MendAct(Act):
    def about(self, row: CheckPoint) -> str:
        return f"{row.item}：{row.lacks}"


mend = page(
    MendAct(
        model=CheckPoint,
        key="point_id",
        form=MendForm,
        action=actions.mend_point,
        title=_("Put right what was wanting"),
        label=_("Record it as put right"),
        done=_("It is recorded as put right."),
        verb="mend",
        days=("on",),
        related=("sheet__round__jurisdiction", "sheet__organization"),
    )
)


def _found(request: SignedInRequest, public_id: str) -> CheckSheet:
    rows = visible_to(request.user, CheckSheet).for_listing()
    found: CheckSheet = get_object_or_404(rows, public_id=public_id)
    return found

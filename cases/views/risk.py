"""Risk ratings and early warnings."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from django_filters import ChoiceFilter, FilterSet

from cases.actions import risk, warnings
from cases.forms import risk as forms
from cases.models import (
    Dispute,
    EarlyWarning,
    RiskRating,
    WarningKind,
    WarningState,
)
from cases.policy.acting import acting_units
from cases.policy.risk import rates
from cases.rating import RiskLevel
from cases.views.acts import Act, page
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from members.forms.fields import standing_organizations
from members.models import Jurisdiction, Organization, User
from members.policy import WORKERS
from members.rosters import users_of
from members.standing import standing
from members.states import OrganizationKind, Side


def _may_rate(user: User, dispute: Dispute, _today: date) -> bool:
    return rates(user, RiskRating(dispute=dispute))


new_rating = page(
    Act(
        tab="settling",
        model=Dispute,
        key="dispute_id",
        form=forms.RatingForm,
        action=risk.rate,
        title=_("Rate the risk"),
        label=_("Rate"),
        done=_("The rating is entered."),
        may=_may_rate,
        choices=lambda user, row, _today: {"organization": acting_units(user, row)},
        related=("jurisdiction", "mechanism", "agency"),
        note=_("Earlier ratings stay. The parties are never shown it."),
    )
)


def rating_section(request: SignedInRequest, dispute: Dispute) -> dict[str, Any]:
    """The rating in force with the earlier ones, and what the marks propose today."""
    rows = visible_to(request.user, RiskRating).filter(dispute=dispute)
    found = list(rows.select_related("organization", "rated_by"))
    may_rate = _may_rate(request.user, dispute, timezone.localdate())
    warned = visible_to(request.user, EarlyWarning).filter(dispute=dispute)
    return {
        "rating": next((one for one in found if one.current), None),
        "ratings": [one for one in found if not one.current],
        "proposed_level": risk.proposed_for(dispute, timezone.localdate()) if may_rate else None,
        "may_rate": may_rate,
        "warnings": list(warned.select_related("responsible")),
        "may_warn": standing(request.user).has(*WORKERS),
    }


def government_units(place: int, today: date) -> QuerySet[Organization]:
    rows = standing_organizations(place, today).filter(side=Side.GOVERNMENT)
    return rows.order_by("order", "pk")


def _units(place: int, today: date) -> dict[str, QuerySet]:
    units = government_units(place, today)
    townships = units.filter(kind=OrganizationKind.TOWNSHIP)
    return {"responsible": units, "territory": townships}


def _assigning(_user: User, warning: EarlyWarning, today: date) -> dict[str, QuerySet]:
    near = [unit for unit in (warning.responsible, warning.territory) if unit is not None]
    people = [user.pk for unit in near for user in users_of(unit, today)]
    persons = User.objects.filter(pk__in=people)
    return {**_units(warning.jurisdiction_id, today), "assignee": persons}


def _advisers(_user: User, warning: EarlyWarning, today: date) -> dict[str, QuerySet]:
    rows = standing_organizations(warning.jurisdiction_id, today)
    sides = rows.filter(side__in=(Side.COURT, Side.PROCURATORATE))
    bureaus = rows.filter(kind=OrganizationKind.JUSTICE_BUREAU)
    return {"advice_of": (sides | bureaus).order_by("order", "pk")}


OF_WARNING = ("jurisdiction", "responsible", "territory", "assignee")
warning_follow = page(
    Act(
        model=EarlyWarning,
        key="warning_id",
        form=forms.FollowForm,
        action=warnings.follow_warning,
        title=_("Follow up"),
        label=_("Follow up"),
        done=_("Noted."),
        verb="follow",
        choices=_advisers,
        days=("on",),
        related=OF_WARNING,
        note=_("On signs of serious conflict the opinion of the court or the bureau is heard."),
    )
)
warning_assign = page(
    Act(
        model=EarlyWarning,
        key="warning_id",
        form=forms.AssignWarningForm,
        action=warnings.assign_warning,
        title=_("Assign the warning"),
        label=_("Assign"),
        done=_("The unit was told."),
        verb="assign",
        choices=_assigning,
        keeps=("responsible", "territory", "assignee", "level"),
        related=OF_WARNING,
    )
)
warning_close = page(
    Act(
        model=EarlyWarning,
        key="warning_id",
        form=forms.CloseWarningForm,
        action=warnings.close_warning,
        title=_("Close the warning"),
        label=_("Close"),
        done=_("The warning is closed."),
        verb="follow",
        related=OF_WARNING,
    )
)


class WarningFilter(FilterSet):
    state = ChoiceFilter(label=_("State"), choices=WarningState.choices)
    kind = ChoiceFilter(label=_("Kind"), choices=WarningKind.choices)
    level = ChoiceFilter(label=_("Risk level"), choices=RiskLevel.choices)

    class Meta:
        model = EarlyWarning
        fields: list[str] = []


class WarningLedger(Ledger):
    name = "warnings"
    title = _("Early warnings")
    subtitle = _("For the justice bureau, the responsible units, and whoever is assigned")
    model = EarlyWarning
    filterset_class = WarningFilter
    search_fields = ("title",)
    search_hint = _("Title")
    columns = (
        Column("title", _("Warning")),
        Column("state", _("State"), value="get_state_display", width="112"),
        Column("kind", _("Kind"), value="get_kind_display", width="132"),
        Column("level", _("Risk level"), value="get_level_display", width="88"),
        Column("noticed_on", _("Noticed on"), sort="noticed_on", width="132"),
        Column("responsible", _("Responsible unit"), value="responsible.short_name"),
    )
    order = "-noticed_on"
    row_template = "cases/_warning_row.html"
    empty = _("No warnings here")
    empty_hint = _(
        "What may turn into a dispute, and petitions, are entered with “Enter a warning”."
    )
    standing_views = ((_("Followed up"), "state=open"), (_("All"), ""))
    head_template = "cases/_warnings_head.html"


@require_GET
@login_required
def warnings_list(request: SignedInRequest) -> HttpResponse:
    rows = visible_to(request.user, EarlyWarning).select_related("responsible")
    may = {"may_warn": standing(request.user).has(*WORKERS)}
    return ledger_response(request, WarningLedger, rows=rows, context=may)


@page_of_form
@login_required
def new_warning(request: SignedInRequest) -> HttpResponse:
    """About a dispute if the address names one that its reader sees."""
    place, dispute = place_of(request), None
    if asked := request.GET.get("dispute"):
        dispute = get_object_or_404(visible_to(request.user, Dispute), public_id=asked)
        place = dispute.jurisdiction
    today = timezone.localdate()
    form = filled(
        request, forms.WarningForm, {"choices": _units(place.pk, today)}, noticed_on=today
    )
    if sent(request, form, warnings.report_warning, place_id=place.pk, dispute=dispute):
        messages.success(request, gettext("The warning is entered."))
        return redirect("cases:warnings")
    return form_page(
        request,
        "forms/act.html",
        form,
        title=gettext("Enter an early warning"),
        verb=gettext("Enter the warning"),
        back=dispute or "cases:warnings",
        about=dispute or "",
        note=gettext("Read by the justice bureau, the responsible unit and the assigned alone."),
    )


def place_of(request: SignedInRequest) -> Jurisdiction:
    mine = standing(request.user)
    place = Jurisdiction.objects.filter(pk__in=mine.jurisdictions).order_by("pk").first()
    if place is None or not mine.has(*WORKERS):
        raise PermissionDenied("report")
    return place


@require_GET
@login_required
def warning(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = visible_to(request.user, EarlyWarning).select_related(*OF_WARNING, "dispute")
    found = get_object_or_404(rows, public_id=public_id)
    policy = policy_for(EarlyWarning)
    seen = found.dispute and policy_for(Dispute).sees(request.user, found.dispute)
    context = {
        "warning": found,
        "entries": found.entries.select_related("actor", "advice_of"),
        "dispute": found.dispute if seen else None,
        "may_follow": found.is_open and policy.can(request.user, "follow", found),
        "may_assign": found.is_open and policy.can(request.user, "assign", found),
    }
    return render(request, "cases/warning.html", context)

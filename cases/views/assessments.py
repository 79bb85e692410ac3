"""Assessments of the litigation risk of major decisions (GL-33…36)."""

from datetime import date

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

from cases.actions import assessments
from cases.dictionaries import area_choices
from cases.figures.assessed import arisen
from cases.forms import risk as forms
from cases.forms.coordination import StepDoneForm
from cases.models import (
    Assessment,
    AssessmentState,
    Duty,
    Opinion,
)
from cases.policy.risk import deciding_units
from cases.rating import RiskLevel
from cases.views.acts import Act, page
from cases.views.risk import government_units, place_of
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from members.forms.fields import standing_organizations
from members.models import User
from members.policy import works_for


def _owing(_user: User, row: Assessment, today: date) -> dict[str, QuerySet]:
    return {"owed_by": government_units(row.jurisdiction_id, today)}


OF_ASSESSMENT = ("jurisdiction", "organization")
opinion = page(
    Act(
        model=Opinion,
        key="opinion_id",
        form=forms.OpinionForm,
        action=assessments.give_opinion,
        title=_("Give an opinion on the risk"),
        label=_("Give the opinion"),
        done=_("The opinion is entered."),
        verb="give",
        days=("on",),
        related=("assessment__jurisdiction", "organization"),
        note=_("A court's opinion is advisory and binds no later judgment."),
    )
)
conclude = page(
    Act(
        model=Assessment,
        key="assessment_id",
        form=forms.ConcludeForm,
        action=assessments.conclude,
        title=_("Conclude the assessment"),
        label=_("Conclude"),
        done=_("The assessment is concluded."),
        verb="edit",
        days=("on",),
        related=OF_ASSESSMENT,
    )
)
decided = page(
    Act(
        model=Assessment,
        key="assessment_id",
        form=forms.DecisionForm,
        action=assessments.note_decision,
        title=_("The decision was taken"),
        label=_("Enter the day"),
        done=_("The decision is carried out from now on."),
        verb="edit",
        days=("on",),
        related=OF_ASSESSMENT,
    )
)
duty = page(
    Act(
        model=Assessment,
        key="assessment_id",
        form=forms.DutyForm,
        action=assessments.set_duty,
        title=_("Fix a duty"),
        label=_("Enter the duty"),
        done=_("The duty is entered; its last day is a limit of the unit."),
        verb="edit",
        choices=lambda _user, row, today: {
            "owed_by": government_units(row.jurisdiction_id, today)
        },
        related=OF_ASSESSMENT,
    )
)
duty_done = page(
    Act(
        model=Duty,
        key="duty_id",
        form=StepDoneForm,
        action=assessments.finish_duty,
        title=_("The duty is done"),
        label=_("Done"),
        done=_("The duty is done."),
        verb="finish",
        days=("on",),
        related=("assessment__jurisdiction", "owed_by"),
    )
)
compare = page(
    Act(
        model=Assessment,
        key="assessment_id",
        form=forms.CompareForm,
        action=assessments.compare,
        title=_("Compare with the disputes that arose"),
        label=_("Keep the comparison"),
        done=_("The comparison is kept."),
        verb="edit",
        related=OF_ASSESSMENT,
    )
)


class AssessmentFilter(FilterSet):
    state = ChoiceFilter(label=_("State"), choices=AssessmentState.choices)
    level = ChoiceFilter(label=_("Risk level"), choices=RiskLevel.choices)
    area = ChoiceFilter(label=_("Area of administration"), choices=area_choices)

    class Meta:
        model = Assessment
        fields: list[str] = []


class AssessmentLedger(Ledger):
    name = "assessments"
    title = _("Risk assessments of major decisions")
    subtitle = _("Before they are taken, and while they are carried out")
    model = Assessment
    filterset_class = AssessmentFilter
    search_fields = ("title",)
    search_hint = _("Decision or project")
    columns = (
        Column("title", _("Decision or project")),
        Column("state", _("State"), value="get_state_display", width="132"),
        Column("level", _("Risk level"), value="get_level_display", width="88"),
        Column("asked_on", _("Opinions asked on"), sort="asked_on", width="132"),
        Column("organization", _("Deciding organ"), value="organization.short_name"),
    )
    order = "-asked_on"
    row_template = "cases/_assessment_row.html"
    empty = _("No assessments here")
    empty_hint = _(
        "A major decision is assessed before it is taken; begin at “Assess a major decision”."
    )
    head_template = "cases/_assessments_head.html"


@require_GET
@login_required
def assessments_list(request: SignedInRequest) -> HttpResponse:
    rows = visible_to(request.user, Assessment).select_related("organization")
    may = {"may_assess": deciding_units(request.user).exists()}
    return ledger_response(request, AssessmentLedger, rows=rows, context=may)


@page_of_form
@login_required
def new_assessment(request: SignedInRequest) -> HttpResponse:
    place, own = place_of(request), deciding_units(request.user)
    if not own.exists():
        raise PermissionDenied("edit")
    today = timezone.localdate()
    invited = standing_organizations(place.pk, today).order_by("order", "pk")
    choices = {"organization": own, "invited": invited}
    form = filled(request, forms.AssessmentForm, {"choices": choices})
    if sent(request, form, assessments.ask_opinions, place_id=place.pk):
        messages.success(request, gettext("The bodies were asked."))
        return redirect("cases:assessments")
    return form_page(
        request,
        "forms/act.html",
        form,
        title=gettext("Assess the risk of a major decision"),
        verb=gettext("Ask for opinions"),
        back="cases:assessments",
        note=gettext("The court and the justice bureau are invited before the decision is taken."),
    )


@require_GET
@login_required
def assessment(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = visible_to(request.user, Assessment).select_related(*OF_ASSESSMENT)
    found = get_object_or_404(rows, public_id=public_id)
    opinions = list(found.opinions.select_related("organization"))
    duties = list(found.duties.select_related("owed_by"))
    asking = found.state == AssessmentState.ASKING
    context = {
        "assessment": found,
        "opinions": [(one, asking and _owes_opinion(request.user, one)) for one in opinions],
        "duties": [
            (one, not one.done_on and works_for(request.user, one.owed_by)) for one in duties
        ],
        "may_edit": policy_for(Assessment).can(request.user, "edit", found),
        "arisen": arisen(found, timezone.localdate()) if found.decided_on else None,
    }
    return render(request, "cases/assessment.html", context)


def _owes_opinion(user: User, one: Opinion) -> bool:
    return one.given_on is None and works_for(user, one.organization)


def _owes_duty(user: User, one: Duty) -> bool:
    return one.done_on is None and works_for(user, one.owed_by)

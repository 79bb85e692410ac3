"""The pages of an agreement, and the register of mediators' allowances."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from django_filters import ChoiceFilter, FilterSet

from cases.actions import allowances as paying
from cases.actions.agreements import draft_agreement, sign_agreement
from cases.forms.agreements import (
    AgreementForm,
    AllowanceForm,
    DecideAllowanceForm,
    PayForm,
    SignForm,
)
from cases.models import (
    Agreement,
    AgreementState,
    Allowance,
    AllowanceState,
    AssignmentState,
    Procedure,
)
from cases.views.allowance_table import paying_bureau
from cases.views.finding import find_procedure
from cases.views.mediation import find_mediation, mediation_page, require_mediator, settling_of
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from members.forms.fields import standing_organizations
from members.states import Side

WORDS = ("kind", "number", "facts", "closing", "liability", "confirmation", "version")


@page_of_form
@login_required
def agreement(request: SignedInRequest, public_id: str, procedure_id: str) -> HttpResponse:
    """Write it, or write it anew while nobody has signed it."""
    procedure = find_mediation(request, public_id, procedure_id)
    require_mediator(request, procedure)
    found = Agreement.objects.filter(procedure=procedure).first()
    if found is not None and found.state == AgreementState.SIGNED:
        raise Http404
    items = list(found.items.select_related("organization", "party")) if found else []
    parts = list(procedure.participants.select_related("party", "organization"))
    given = {"parts": parts, "items": items}
    form = filled(request, AgreementForm, given, **_first(procedure, found))
    if sent(request, form, draft_agreement, procedure_id=procedure.pk):
        messages.success(request, _("The agreement is saved; record its signing next."))
        return redirect(settling_of(procedure.dispute))
    return mediation_page(
        request,
        procedure,
        form,
        template="cases/agreement_form.html",
        title=_("Write the agreement"),
        verb=_("Save the agreement"),
    )


def _first(procedure: Procedure, found: Agreement | None) -> dict[str, Any]:
    if found is None:
        return {"facts": procedure.dispute.facts}
    return {name: getattr(found, name) for name in WORDS}


@page_of_form
@login_required
def agreement_sign(request: SignedInRequest, public_id: str, procedure_id: str) -> HttpResponse:
    procedure = find_mediation(request, public_id, procedure_id)
    require_mediator(request, procedure)
    found = get_object_or_404(
        visible_to(request.user, Agreement), procedure=procedure, state=AgreementState.DRAFT
    )
    today = timezone.localdate()
    courts = standing_organizations(procedure.dispute.jurisdiction_id, today)
    given = {"agreement": found, "courts": courts.filter(side=Side.COURT)}
    form = filled(request, SignForm, given, on=today, effective_on=today, version=found.version)
    if sent(request, form, sign_agreement, agreement_id=found.pk):
        messages.success(request, _("The agreement is signed; the mediation has ended with it."))
        return redirect(settling_of(procedure.dispute))
    return mediation_page(
        request,
        procedure,
        form,
        template="cases/agreement_sign.html",
        title=_("Record the signing"),
        verb=_("Record the signing"),
        agreement=found,
        items=list(found.items.select_related("organization", "party")),
    )


@page_of_form
@login_required
def allowance_new(request: SignedInRequest, public_id: str, procedure_id: str) -> HttpResponse:
    procedure = find_procedure(request, public_id, procedure_id)
    rows = procedure.assignments.filter(state=AssignmentState.ACCEPTED)
    found = get_object_or_404(rows.select_related("professional", "procedure__organ", "dispute"))
    if not paying.may_propose(request.user, found):
        raise PermissionDenied("propose")
    form = filled(request, AllowanceForm)
    if sent(request, form, paying.propose_allowance, assignment_id=found.pk):
        messages.success(request, _("The allowance is proposed."))
        return redirect("cases:allowances")
    return mediation_page(
        request,
        procedure,
        form,
        title=_("Propose the allowance"),
        verb=_("Propose it"),
    )


class AllowanceFilter(FilterSet):
    state = ChoiceFilter(label=gettext_lazy("State"), choices=AllowanceState.choices)

    class Meta:
        model = Allowance
        fields: list[str] = []


class AllowanceLedger(Ledger):
    name = "allowances"
    title = gettext_lazy("Allowances of mediators")
    subtitle = gettext_lazy("For disputes that were resolved")
    model = Allowance
    filterset_class = AllowanceFilter
    search_fields = ("assignment__professional__name", "assignment__dispute__title", "standard")
    search_hint = gettext_lazy("Mediator, dispute, standard")
    columns = (
        Column("dispute", gettext_lazy("Dispute"), value="assignment.dispute.title"),
        Column("mediator", gettext_lazy("Mediator"), value="assignment.professional.name"),
        Column("standard", gettext_lazy("Standard"), css="hide-s"),
        Column("amount", gettext_lazy("Amount (yuan)"), sort="amount", width="112"),
        Column("state", gettext_lazy("State"), value="get_state_display", width="112"),
        Column("proposed_on", gettext_lazy("Proposed on"), sort="proposed_on", width="132"),
        Column("decided_on", gettext_lazy("Decided on"), shown=False),
        Column("paid_on", gettext_lazy("Paid on"), width="132"),
    )
    order = "-proposed_on"
    row_template = "cases/_allowance_row.html"
    head_template = "cases/_allowances_head.html"
    empty = gettext_lazy("No allowances here")
    empty_hint = gettext_lazy(
        "An allowance is proposed on the page of a settled dispute, beside its mediation."
    )
    standing_views = (
        (gettext_lazy("All"), ""),
        (gettext_lazy("To be decided"), "state=proposed"),
        (gettext_lazy("To be paid"), "state=approved"),
    )


@require_GET
@login_required
def allowances(request: SignedInRequest) -> HttpResponse:
    rows = visible_to(request.user, Allowance).select_related(
        "assignment__dispute__jurisdiction", "assignment__professional"
    )
    context = {"may_pay": paying_bureau(request.user) is not None}
    return ledger_response(request, AllowanceLedger, rows=rows, context=context)


@page_of_form
@login_required
def allowance(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What it waits for: the decision, then the payment."""
    found = _find_allowance(request, public_id)
    pays = found.state == AllowanceState.APPROVED
    if not pays and found.state != AllowanceState.PROPOSED:
        raise Http404
    form_class: Any = PayForm if pays else DecideAllowanceForm
    first: dict[str, Any] = {"on": timezone.localdate()} if pays else {}
    form = filled(request, form_class, version=found.version, **first)
    act = paying.pay_allowance if pays else paying.decide_allowance
    if sent(request, form, act, allowance_id=found.pk):
        messages.success(request, _("The allowance is recorded."))
        return redirect("cases:allowances")
    return form_page(
        request,
        "cases/allowance.html",
        form,
        title=_("Record the payment") if pays else _("Decide on the allowance"),
        verb=_("Record the payment") if pays else _("Record the decision"),
        back="cases:allowances",
        allowance=found,
    )


def _find_allowance(request: SignedInRequest, public_id: str) -> Allowance:
    rows = visible_to(request.user, Allowance).select_related(
        "assignment__dispute__jurisdiction",
        "assignment__professional",
        "proposed_by",
        "decided_by",
    )
    found: Allowance = get_object_or_404(rows, public_id=public_id)
    policy_for(Allowance).require(request.user, "decide", found)
    return found

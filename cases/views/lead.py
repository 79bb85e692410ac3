"""The agencies of a dispute: who is concerned, who leads, who takes part for each."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.actions.lead import (
    LEAD,
    add_concerned,
    answer_lead,
    may_answer,
    propose_lead,
    seat,
    withdraw_lead,
)
from cases.forms.lead import AgencyForm, AnswerForm, LeadForm, SeatForm
from cases.models import AgencySeat, Concerned, Dispute, Slot
from cases.policy.circle import registers
from cases.views.finding import find_dispute
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from services.consents.models import ConsentState
from services.consents.queries import current, latest


@dataclass(frozen=True)
class AgencyLine:
    """An agency with its three slots, in the order of the text; an empty one is None."""

    concerned: Concerned
    slots: list[tuple[str, AgencySeat | None]]
    leads: bool
    may_seat: bool


def lead_section(request: SignedInRequest, dispute: Dispute) -> dict:
    """The context of `_lead.html`."""
    rows = list(
        Concerned.objects.filter(dispute=dispute)
        .select_related("organization")
        .prefetch_related("seats__person")
    )
    consent = latest(dispute, LEAD)
    waits = bool(consent and consent.state == ConsentState.OPEN)
    several = len(rows) > 1
    proposes = policy_for(Dispute).can(request.user, "lead", dispute)
    return {
        "agency_lines": [_line(request, dispute, row) for row in rows],
        "several": several,
        "lead_consent": consent,
        "lead_answer": consent.answers.last() if consent and not waits else None,
        "may_add_agency": registers(request.user, dispute),
        "may_propose_lead": several and proposes and not waits,
        "may_withdraw_lead": waits and proposes,
        "may_answer_lead": waits and may_answer(request.user, dispute),
    }


def _line(request: SignedInRequest, dispute: Dispute, row: Concerned) -> AgencyLine:
    row.dispute = dispute
    seats = {one.slot: one for one in row.seats.all()}
    slots = [(str(slot.label), seats.get(slot)) for slot in Slot]
    leads = row.organization_id == dispute.agency_id
    return AgencyLine(row, slots, leads, policy_for(Concerned).can(request.user, "seat", row))


def _back(dispute: Dispute) -> str:
    return f"{dispute.get_absolute_url()}?tab=parties"


@login_required
@page_of_form
def add(request: SignedInRequest, public_id: str) -> HttpResponse:
    dispute = find_dispute(request, public_id, "edit")
    form = filled(request, AgencyForm, {"dispute": dispute, "on": timezone.localdate()})
    if sent(request, form, add_concerned, dispute_id=dispute.pk):
        messages.success(request, _("The agency is entered, and sees the dispute."))
        return redirect(_back(dispute))
    return form_page(
        request,
        "cases/lead_form.html",
        form,
        title=_("Enter an agency concerned"),
        verb=_("Enter the agency"),
        back=_back(dispute),
        dispute=dispute,
    )


@login_required
@page_of_form
def propose(request: SignedInRequest, public_id: str) -> HttpResponse:
    dispute = find_dispute(request, public_id, "lead")
    form = filled(request, LeadForm, {"dispute": dispute})
    if sent(request, form, propose_lead, dispute_id=dispute.pk):
        messages.success(request, _("The court is asked whether it agrees."))
        return redirect(_back(dispute))
    return form_page(
        request,
        "cases/lead_form.html",
        form,
        title=_("Propose the lead agency"),
        verb=_("Ask the court"),
        back=_back(dispute),
        dispute=dispute,
    )


@login_required
@page_of_form
def answer(request: SignedInRequest, public_id: str) -> HttpResponse:
    dispute = find_dispute(request, public_id)
    if not may_answer(request.user, dispute):
        raise PermissionDenied("lead")
    consent = current(dispute, LEAD)
    if consent is None:
        raise Http404
    form = filled(request, AnswerForm)
    if sent(request, form, answer_lead, consent_id=consent.pk):
        messages.success(request, _("The answer is recorded."))
        return redirect(_back(dispute))
    return form_page(
        request,
        "cases/lead_answer.html",
        form,
        title=_("Agree on the lead agency"),
        verb=_("Answer"),
        back=_back(dispute),
        dispute=dispute,
        consent=consent,
    )


@login_required
@require_POST
def withdraw(request: SignedInRequest, public_id: str) -> HttpResponse:
    dispute = find_dispute(request, public_id, "lead")
    withdraw_lead(dispute.pk, actor=request.user, at=timezone.now())
    messages.success(request, _("The proposal is withdrawn."))
    return redirect(_back(dispute))


@login_required
@page_of_form
def seat_person(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = visible_to(request.user, Concerned).select_related(
        "dispute__jurisdiction", "dispute__agency", "organization"
    )
    row: Concerned = get_object_or_404(rows, public_id=public_id)
    policy_for(Concerned).require(request.user, "seat", row)
    today = timezone.localdate()
    slot = request.GET.get("slot", Slot.HANDLER)
    first = {"slot": slot, "on": today, "version": row.version}
    form = filled(request, SeatForm, {"concerned": row, "today": today}, **first)
    if sent(request, form, seat, concerned_id=row.pk):
        messages.success(request, _("It is recorded who takes part for the agency."))
        return redirect(_back(row.dispute))
    return form_page(
        request,
        "cases/lead_form.html",
        form,
        title=_("Who takes part for %(unit)s") % {"unit": row.organization.short_name},
        verb=_("Record"),
        back=_back(row.dispute),
        dispute=row.dispute,
    )

"""The pages of an agency's plan, and of what it may agree to."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.actions import plans as actions
from cases.forms.plans import ApproveForm, AuthorityForm, PlanForm, SubmitForm
from cases.models import Authority, Dispute, Plan
from cases.views.finding import find_dispute
from cases.views.mediation import settling_of
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.audit.trail import record_reading
from members.models import Organization

WORDS = ("cause", "earlier", "next_steps", "timetable", "risk", "head", "handler", "version")


@require_GET
@login_required
def plan(request: SignedInRequest, public_id: str, plan_id: str) -> HttpResponse:
    dispute, found = _find_plan(request, public_id, plan_id)
    writes = policy_for(Plan).can(request.user, "write", found)
    context = {"dispute": dispute, "plan": found, "writes": writes, "back": settling_of(dispute)}
    return render(request, "cases/plan.html", context)


@page_of_form
@login_required
def plan_edit(request: SignedInRequest, public_id: str, unit_id: str) -> HttpResponse:
    """Begin an agency's plan, or change the one in work."""
    dispute = find_dispute(request, public_id)
    unit = _unit(unit_id)
    actions.require_agency(dispute, unit)
    found = actions.plan_in_work(dispute, unit)
    planned = found or Plan(dispute=dispute, organization=unit)
    policy_for(Plan).require(request.user, "write", planned)
    first = {name: getattr(found, name) for name in WORDS} if found else {}
    if found:
        first["evidence"] = "\n".join(found.evidence)
    form = filled(request, PlanForm, **first)
    if sent(request, form, actions.draft_plan, dispute_id=dispute.pk, organization=unit):
        messages.success(request, _("The plan is saved; only its own side reads it."))
        return redirect(settling_of(dispute))
    return form_page(
        request,
        "cases/plan_form.html",
        form,
        title=_("Resolution plan"),
        verb=_("Save the plan"),
        back=settling_of(dispute),
        dispute=dispute,
        organization=unit,
    )


@page_of_form
@login_required
def plan_approve(request: SignedInRequest, public_id: str, plan_id: str) -> HttpResponse:
    dispute, found = _find_plan(request, public_id, plan_id, "write")
    form = filled(request, ApproveForm, on=timezone.localdate(), version=found.version)
    if sent(request, form, actions.approve_plan, plan_id=found.pk):
        messages.success(request, _("The approval is recorded."))
        return redirect(settling_of(dispute))
    return form_page(
        request,
        "cases/plan_form.html",
        form,
        title=_("Record the approval"),
        verb=_("Record the approval"),
        back=settling_of(dispute),
        dispute=dispute,
        organization=found.organization,
    )


@page_of_form
@login_required
def plan_submit(request: SignedInRequest, public_id: str, plan_id: str) -> HttpResponse:
    dispute, found = _find_plan(request, public_id, plan_id, "write")
    form = filled(request, SubmitForm, on=timezone.localdate(), version=found.version)
    if sent(request, form, actions.submit_plan, plan_id=found.pk):
        messages.success(request, _("The plan is submitted; the court and the mediator read it."))
        return redirect(settling_of(dispute))
    return form_page(
        request,
        "cases/plan_form.html",
        form,
        title=_("Submit the plan"),
        verb=_("Submit the plan"),
        back=settling_of(dispute),
        dispute=dispute,
        organization=found.organization,
    )


@require_GET
@login_required
def authority(request: SignedInRequest, public_id: str, unit_id: str) -> HttpResponse:
    """What may be given way on; each reading of it is recorded (G5, G6)."""
    dispute = find_dispute(request, public_id)
    rows = visible_to(request.user, Authority).filter(dispute=dispute)
    rows = rows.select_related("organization", "dispute__jurisdiction").order_by("-pk")
    found = get_object_or_404(rows, organization__public_id=unit_id, replaced=False)
    record_reading(request.user, found)
    before = list(rows.filter(organization=found.organization, replaced=True))
    context = {
        "dispute": dispute,
        "authority": found,
        "before": before,
        "decides": policy_for(Authority).can(request.user, "decide", found),
        "back": settling_of(dispute),
    }
    return render(request, "cases/authority.html", context)


@page_of_form
@login_required
def authority_new(request: SignedInRequest, public_id: str, unit_id: str) -> HttpResponse:
    dispute = find_dispute(request, public_id)
    unit = _unit(unit_id)
    actions.require_agency(dispute, unit)
    planned = Authority(dispute=dispute, organization=unit)
    policy_for(Authority).require(request.user, "decide", planned)
    form = filled(request, AuthorityForm, studied_on=timezone.localdate())
    if sent(request, form, actions.decide_authority, dispute_id=dispute.pk, organization=unit):
        messages.success(request, _("The authority is recorded; only its own side reads it."))
        return redirect("cases:authority", dispute.public_id, unit.public_id)
    return form_page(
        request,
        "cases/authority_form.html",
        form,
        title=_("What may be agreed to"),
        verb=_("Record the authority"),
        back=settling_of(dispute),
        dispute=dispute,
        organization=unit,
    )


def _unit(public_id: str) -> Organization:
    return get_object_or_404(Organization, public_id=public_id)


def _find_plan(
    request: SignedInRequest, public_id: str, plan_id: str, verb: str = ""
) -> tuple[Dispute, Plan]:
    dispute = find_dispute(request, public_id)
    rows = visible_to(request.user, Plan).select_related("organization")
    found: Plan = get_object_or_404(rows, dispute=dispute, public_id=plan_id)
    found.dispute = dispute
    if verb:
        policy_for(Plan).require(request.user, verb, found)
    return dispute, found

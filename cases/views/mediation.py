"""The pages of a mediation: consent, sessions, and the way out after it failed."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions import mediation as actions
from cases.actions.assignments import live_assignment
from cases.forms.mediation import (
    ConsentsForm,
    GivenUpForm,
    ReasonForm,
    RecordSessionForm,
    SessionForm,
    WayOutForm,
)
from cases.models import Dispute, MediationSession, Procedure, SessionState, WayOut
from cases.policy.circle import may_record
from cases.states import Kind
from cases.views import steps
from cases.views.finding import find_dispute, find_procedure
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest


def find_mediation(request: SignedInRequest, public_id: str, procedure_id: str) -> Procedure:
    procedure = find_procedure(request, public_id, procedure_id)
    if procedure.kind != Kind.MEDIATION:
        raise Http404
    return procedure


def require_mediator(request: SignedInRequest, procedure: Procedure) -> None:
    """The mediator, and whoever works for the organ of the mediation."""
    if not may_record(request.user, procedure, procedure.step("close")):
        raise PermissionDenied("mediate")


def settling_of(dispute: Dispute) -> str:
    return f"{dispute.get_absolute_url()}?tab=settling"


@page_of_form
@login_required
def consents(request: SignedInRequest, public_id: str, procedure_id: str) -> HttpResponse:
    """The page of the step "consent": the parties are asked one by one."""
    procedure = find_procedure(request, public_id, procedure_id)
    if procedure.kind != Kind.MEDIATION:
        return steps.step(request, public_id, procedure_id, "consent")
    if not may_record(request.user, procedure, procedure.step("consent")):
        raise PermissionDenied("consent")
    parts = list(procedure.participants.select_related("party", "organization"))
    today = timezone.localdate()
    form = filled(request, ConsentsForm, {"parts": parts}, on=today, version=procedure.version)
    if sent(request, form, actions.record_consents, procedure_id=procedure.pk):
        messages.success(request, _("The answers of the parties are recorded."))
        return redirect(settling_of(procedure.dispute))
    return mediation_page(
        request,
        procedure,
        form,
        template="cases/consents.html",
        title=_("Consent of the parties"),
        verb=_("Record the consents"),
    )


@page_of_form
@login_required
def session_new(request: SignedInRequest, public_id: str, procedure_id: str) -> HttpResponse:
    procedure = find_mediation(request, public_id, procedure_id)
    require_mediator(request, procedure)
    form = filled(request, SessionForm, day=timezone.localdate())
    if sent(request, form, actions.plan_session, procedure_id=procedure.pk):
        messages.success(request, _("The session is set."))
        return redirect(settling_of(procedure.dispute))
    return mediation_page(
        request, procedure, form, title=_("Set a session"), verb=_("Set the session")
    )


@page_of_form
@login_required
def session(request: SignedInRequest, public_id: str, session_id: str) -> HttpResponse:
    found = _find_session(request, public_id, session_id)
    procedure = found.procedure
    form = filled(request, RecordSessionForm, {"procedure": procedure}, version=found.version)
    if sent(request, form, actions.record_session, session_id=found.pk):
        messages.success(request, _("The session is recorded."))
        return redirect(settling_of(procedure.dispute))
    return mediation_page(
        request,
        procedure,
        form,
        title=_("Record a session"),
        verb=_("Record the session"),
        session=found,
    )


@page_of_form
@login_required
def session_cancel(request: SignedInRequest, public_id: str, session_id: str) -> HttpResponse:
    found = _find_session(request, public_id, session_id)
    form = filled(request, ReasonForm, version=found.version)
    if sent(request, form, actions.cancel_session, session_id=found.pk):
        messages.success(request, _("The session is cancelled."))
        return redirect(settling_of(found.procedure.dispute))
    return mediation_page(
        request,
        found.procedure,
        form,
        title=_("Cancel a session"),
        verb=_("Cancel the session"),
        session=found,
    )


def _find_session(request: SignedInRequest, public_id: str, session_id: str) -> MediationSession:
    dispute = find_dispute(request, public_id)
    rows = visible_to(request.user, MediationSession).select_related("procedure__organ")
    found: MediationSession = get_object_or_404(
        rows, public_id=session_id, procedure__dispute=dispute
    )
    found.procedure.dispute = dispute
    policy_for(MediationSession).require(request.user, "mediate", found)
    if found.state != SessionState.PLANNED:
        raise Http404
    return found


@page_of_form
@login_required
def way_out(request: SignedInRequest, public_id: str, procedure_id: str) -> HttpResponse:
    procedure = find_mediation(request, public_id, procedure_id)
    require_mediator(request, procedure)
    outcome = procedure.outcome
    if outcome is None or not outcome.onward or WayOut.objects.filter(procedure=procedure):
        raise Http404
    form = filled(request, WayOutForm, {"procedure": procedure}, on=timezone.localdate())
    if sent(request, form, actions.show_way, procedure_id=procedure.pk):
        messages.success(request, _("The way out is recorded."))
        return redirect(settling_of(procedure.dispute))
    return mediation_page(
        request,
        procedure,
        form,
        title=_("Show the way out"),
        verb=_("Record the way out"),
    )


@page_of_form
@login_required
def way_given_up(request: SignedInRequest, public_id: str, procedure_id: str) -> HttpResponse:
    procedure = find_mediation(request, public_id, procedure_id)
    require_mediator(request, procedure)
    if not WayOut.objects.untaken().filter(procedure=procedure).exists():
        raise Http404
    form = filled(request, GivenUpForm, on=timezone.localdate())
    if sent(request, form, actions.give_up_way, procedure_id=procedure.pk):
        messages.success(request, _("It is recorded that the party goes no further."))
        return redirect(settling_of(procedure.dispute))
    return mediation_page(
        request,
        procedure,
        form,
        template="cases/way_given_up.html",
        title=_("The party goes no further"),
        verb=_("Record it"),
    )


def mediation_page(
    request: SignedInRequest, procedure: Procedure, form: BaseForm, **shown: Any
) -> HttpResponse:
    """A form about a mediation, with how it stands beside it."""
    return form_page(
        request,
        shown.pop("template", "cases/mediation_form.html"),
        form,
        back=settling_of(procedure.dispute),
        procedure=procedure,
        dispute=procedure.dispute,
        assignment=live_assignment(procedure),
        **shown,
    )

"""The pages on which an agency says who comes to a mediation session, and is urged to."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.actions.session_calls import answer_call, urge_agency
from cases.forms.mediation import CallForm
from cases.models import SessionCall
from cases.views.finding import find_dispute
from cases.views.mediation import mediation_page, settling_of
from foundations.access.form_pages import filled, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest


@page_of_form
@login_required
def call(request: SignedInRequest, public_id: str, call_id: str) -> HttpResponse:
    found = _find_call(request, public_id, call_id)
    policy_for(SessionCall).require(request.user, "answer", found)
    kept = {name: getattr(found, name) for name in ("name", "post", "level", "reason", "version")}
    form = filled(request, CallForm, **kept)
    if sent(request, form, answer_call, call_id=found.pk):
        messages.success(request, _("The reply is sent; whoever mediates is told."))
        return redirect(settling_of(found.session.procedure.dispute))
    return mediation_page(
        request,
        found.session.procedure,
        form,
        title=_("Who comes to the mediation session"),
        verb=_("Send the reply"),
        session=found.session,
    )


@require_POST
@login_required
def urge(request: SignedInRequest, public_id: str, call_id: str) -> HttpResponse:
    found = _find_call(request, public_id, call_id)
    urge_agency(found.pk, actor=request.user, at=timezone.now())
    messages.success(request, _("%(unit)s is urged.") % {"unit": found.organization.short_name})
    return redirect(settling_of(found.session.procedure.dispute))


def _find_call(request: SignedInRequest, public_id: str, call_id: str) -> SessionCall:
    dispute = find_dispute(request, public_id)
    rows = visible_to(request.user, SessionCall)
    rows = rows.select_related("organization", "session__procedure__organ")
    found: SessionCall = get_object_or_404(
        rows, public_id=call_id, session__procedure__dispute=dispute
    )
    found.session.procedure.dispute = dispute
    return found

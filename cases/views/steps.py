"""The page on which any step of any procedure is recorded."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.steps import is_late, require_possible, take
from cases.flow.table import Step
from cases.foreseen import depends_on, foreseen, stopped
from cases.forms.steps import StepForm, asked, form_of
from cases.models import Procedure
from cases.numbers.fields import notices
from cases.policy.circle import may_record
from cases.states import Kind
from cases.views.finding import find_procedure, find_step
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.requests import SignedInRequest

OWN_PAGES: dict[tuple[str, str], str] = {(Kind.VISIT, "visit"): "cases:visit"}
"""Steps that are recorded with more than the table asks, on a page of their own."""


@page_of_form
@login_required
def step(request: SignedInRequest, public_id: str, procedure_id: str, key: str) -> HttpResponse:
    """404 for a step that the table doesn't have, 403 for whoever may not record it, 409 for
    one that is not possible now."""
    procedure = find_procedure(request, public_id, procedure_id)
    taken = find_step(procedure, key)
    if not may_record(request.user, procedure, taken):
        raise PermissionDenied(key)
    require_possible(procedure, taken)
    if (procedure.kind, key) in OWN_PAGES:
        return redirect(OWN_PAGES[procedure.kind, key], procedure_id)
    today = timezone.localdate()
    if "foresee" in request.GET:
        return _foreseen(request, procedure, taken, today)
    late = _needs_reason(procedure, request.POST.get("on", ""), today)
    form_class = form_of(procedure, taken, today, late=late)
    form = filled(request, form_class, on=today, version=procedure.version)
    if sent(request, form, take, procedure_id=procedure.pk, step=key):
        told = _("“%(step)s” is recorded.") % {"step": taken.name}
        messages.success(request, told)
        for notice in notices(form):
            messages.info(request, notice)
        return redirect(procedure.dispute.get_absolute_url())
    title = _("%(procedure)s: %(step)s") % {
        "procedure": procedure.name,
        "step": taken.name,
    }
    return form_page(
        request,
        "cases/step.html",
        form,
        title=title,
        verb=taken.name,
        back=procedure.dispute,
        procedure=procedure,
        dispute=procedure.dispute,
        **_effects(procedure, taken, form, today),
    )


def _foreseen(
    request: SignedInRequest, procedure: Procedure, taken: Step, today: date
) -> HttpResponse:
    """The limits alone, asked again whenever an answer changes."""
    form = form_of(procedure, taken, today, late=False)(request.GET)
    context = _effects(procedure, taken, form, today)
    return render(request, "cases/_foreseen.html", context)


def _effects(procedure: Procedure, taken: Step, form: StepForm, today: date) -> dict:
    on, given = today, {}
    if form.is_bound:
        form.is_valid()
        on, given = form.cleaned_data.get("on") or today, asked(form, taken)
    return {
        "limits": foreseen(procedure, taken, on, given),
        "others": stopped(taken),
        "asks_again": ",".join(depends_on(taken)),
    }


def _needs_reason(procedure: Procedure, typed: str, today: date) -> bool:
    """Is the day long ago, or before what is recorded already?"""
    try:
        on = date.fromisoformat(typed)
    except ValueError:
        return False
    days = procedure.events.order_by("-on").values_list("on", flat=True)
    last = days.first()
    return is_late(procedure, on, today) or (last is not None and on < last)

"""Measures, their evidence, and the issuer's look at them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from foundations.access.form_pages import filled, page_of_form, sent
from foundations.access.requests import SignedInRequest
from services.documents.attachments import attachments_of
from suggestions.actions import rectification as actions
from suggestions.actions.measures import ADOPTED, plan_measures, positions_of, report_measure
from suggestions.forms.rectification import (
    DoneForm,
    FinishForm,
    MeasuresForm,
    ReopenForm,
    VerifyForm,
)
from suggestions.models import Addressee, Measure
from suggestions.views.addressees import (
    addressee_page,
    back_to,
    find_addressee,
    find_measure,
    stands_in,
)
from suggestions.views.evidence import files_of


@page_of_form
@login_required
def measures(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = find_addressee(request, public_id)
    on_behalf = stands_in(request, found)
    said = positions_of(found)
    adopted = [one for one in found.suggestion.problems.all() if said.get(one.pk) in ADOPTED]
    planned = set(found.measures.values_list("problem", flat=True))
    rows = {"problems": adopted, "unplanned": [one for one in adopted if one.pk not in planned]}
    form = filled(request, MeasuresForm, rows)
    given = {"addressee_id": found.pk, "on_behalf": on_behalf}
    if sent(request, form, plan_measures, **given):
        return back_to(request, found, _("The measures are recorded."))
    return addressee_page(
        request,
        found,
        form,
        title=_("Name measures"),
        verb=_("Save the measures"),
        template="suggestions/measures.html",
        planned=_measures_of(found),
        on_behalf=on_behalf,
    )


@page_of_form
@login_required
def measure_done(request: SignedInRequest, public_id: str) -> HttpResponse:
    measure = find_measure(request, public_id)
    found = measure.addressee
    on_behalf = stands_in(request, found)
    first: dict = {"on": measure.done_on or timezone.localdate(), "note": measure.done_note}
    form = filled(request, DoneForm, **first)
    given = {"measure_id": measure.pk, "on_behalf": on_behalf}
    if sent(request, form, report_measure, **given):
        return back_to(request, found, _("The measure is recorded as carried out."))
    return addressee_page(
        request,
        found,
        form,
        title=_("Report a measure"),
        verb=_("Report"),
        template="suggestions/measure_done.html",
        measure=measure,
        files=attachments_of(measure),
        on_behalf=on_behalf,
    )


@page_of_form
@login_required
def finish(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = find_addressee(request, public_id)
    on_behalf = stands_in(request, found)
    form = filled(request, FinishForm)
    given = {"addressee_id": found.pk, "on_behalf": on_behalf}
    if sent(request, form, actions.finish, **given):
        return back_to(request, found, _("Reported as carried out; the issuer verifies it."))
    return addressee_page(
        request,
        found,
        form,
        title=_("Report the rectification as carried out"),
        verb=_("Submit for verification"),
        template="suggestions/finish.html",
        planned=_measures_of(found),
        on_behalf=on_behalf,
    )


@page_of_form
@login_required
def verify(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = find_addressee(request, public_id, "verify")
    planned = _measures_of(found)
    rows = {"measures": [measure for measure, _files in planned]}
    form = filled(request, VerifyForm, rows, on=timezone.localdate())
    if sent(request, form, actions.verify, addressee_id=found.pk):
        return back_to(request, found, _("The verification is recorded; the unit is told."))
    return addressee_page(
        request,
        found,
        form,
        title=_("Verify"),
        verb=_("Record the verification"),
        template="suggestions/verify.html",
        planned=planned,
    )


@page_of_form
@login_required
def reopen(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = find_addressee(request, public_id, "reopen")
    form = filled(request, ReopenForm)
    if sent(request, form, actions.reopen, addressee_id=found.pk):
        return back_to(request, found, _("Taken up again; the unit is told."))
    return addressee_page(
        request, found, form, title=_("Reopen the rectification"), verb=_("Reopen")
    )


def _measures_of(addressee: Addressee) -> list[tuple[Measure, list]]:
    """Its measures with their evidence."""
    rows = list(addressee.measures.select_related("problem"))
    files = files_of(rows)
    return [(measure, files.get(measure, [])) for measure in rows]

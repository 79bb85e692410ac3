"""A letter reaches an addressee, and who handles it there."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundations.access.form_pages import filled, page_of_form, sent
from foundations.access.forms import run
from foundations.access.requests import SignedInRequest
from members.models import Organization, User
from members.policy import WORKERS, works_for
from members.rosters import successors, users_of
from suggestions.actions import service as actions
from suggestions.forms.service import HandlerForm, ServiceForm, SuccessorForm
from suggestions.models import Addressee
from suggestions.views.addressees import addressee_page, back_to, find_addressee


@page_of_form
@login_required
def serve(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = find_addressee(request, public_id, "serve")
    form = filled(
        request,
        ServiceForm,
        on=found.served_on or timezone.localdate(),
        mode=found.service_mode,
        note=found.service_note,
    )
    if sent(request, form, actions.serve, addressee_id=found.pk):
        return back_to(request, found, _("Service is recorded; the reply period runs."))
    return addressee_page(
        request,
        found,
        form,
        title=_("Correct the service") if found.served_on else _("Record the service"),
        verb=_("Record"),
        template="suggestions/serve.html",
        successors=_heirs(found),
        has_accounts=bool(users_of(found.organization, timezone.localdate())),
    )


@require_POST
@login_required
def sign(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = find_addressee(request, public_id, "sign")
    actions.sign_for(found.pk, actor=request.user, at=timezone.now())
    return back_to(request, found, _("Signed for. The reply period begins tomorrow."))


@page_of_form
@login_required
def assign(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = find_addressee(request, public_id, "assign")
    people = [user for user in _colleagues(found) if works_for(user, found.organization)]
    form = filled(request, HandlerForm, {"people": people}, handler=found.handler_id)
    if request.method == "POST" and form.is_valid():
        given = {"addressee_id": found.pk, "handler_id": form.handler_id}
        if run(form, actions.assign, actor=request.user, **given):
            return back_to(request, found, _("The handler is named; reminders go there."))
    return addressee_page(request, found, form, title=_("Name the handler"), verb=_("Save"))


@page_of_form
@login_required
def readdress(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = find_addressee(request, public_id, "serve")
    form = filled(request, SuccessorForm, {"units": _heirs(found)})
    if sent(request, form, actions.readdress, addressee_id=found.pk):
        return back_to(request, found, _("The letter is addressed to the successor."))
    return addressee_page(
        request,
        found,
        form,
        title=_("Address it to the successor"),
        verb=_("Address it to the successor"),
        template="suggestions/readdress.html",
    )


def _heirs(addressee: Addressee) -> list[Organization]:
    """Who stands where a unit stood that is no more; none for one that still is there."""
    today = timezone.localdate()
    if addressee.organization.holds_on(today):
        return []
    heirs = successors({addressee.organization_id}, today)
    return list(Organization.objects.on(today).filter(pk__in=heirs))


def _colleagues(addressee: Addressee) -> list[User]:
    today = timezone.localdate()
    rows = User.objects.filter(
        pk__in=[user.pk for user in users_of(addressee.organization, today)],
        bindings__role__in=WORKERS,
    )
    return list(rows.distinct().order_by("pk"))

"""What every page about an addressee begins with: the row, and for whom its reader acts."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from foundations.access.form_pages import form_page
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from suggestions.models import Addressee, Measure

NEAR = (
    "suggestion__jurisdiction",
    "suggestion__mechanism",
    "suggestion__issuer",
    "suggestion__handler",
    "organization",
    "handler",
)


def find_addressee(request: SignedInRequest, public_id: str, verb: str = "") -> Addressee:
    """404 if the reader does not see it, 403 if they see it and may not do `verb`."""
    rows = visible_to(request.user, Addressee).select_related(*NEAR)
    addressee: Addressee = get_object_or_404(rows, public_id=public_id)
    if verb:
        policy_for(Addressee).require(request.user, verb, addressee)
    return addressee


def find_measure(request: SignedInRequest, public_id: str) -> Measure:
    rows = visible_to(request.user, Measure).select_related(
        "problem", *(f"addressee__{name}" for name in NEAR)
    )
    measure: Measure = get_object_or_404(rows, public_id=public_id)
    return measure


def stands_in(request: SignedInRequest, addressee: Addressee) -> bool:
    """Does the issuer act here for a unit that sends paper? 403 for who may do neither."""
    policy = policy_for(Addressee)
    if policy.can(request.user, "report", addressee):
        return False
    policy.require(request.user, "register", addressee)
    return True


def addressee_page(
    request: SignedInRequest,
    addressee: Addressee,
    form: BaseForm,
    *,
    title: str,
    verb: str,
    template: str = "suggestions/addressee_page.html",
    **context: Any,
) -> HttpResponse:
    return form_page(
        request,
        template,
        form,
        title=title,
        verb=verb,
        back=addressee,
        addressee=addressee,
        letter=addressee.suggestion,
        today=timezone.localdate(),
        **context,
    )


def back_to(request: SignedInRequest, addressee: Addressee, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect(addressee)

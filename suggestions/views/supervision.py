"""Supervision measures: sent, shown, answered, recorded, settled."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from mechanisms.models import Provision
from mechanisms.queries import provision
from members.models import Organization
from members.rosters import users_of
from members.states import OrganizationKind
from services.documents.attachments import attachments_of
from services.documents.models import NumberSeries, OfficialDocument
from services.documents.numbers import correction_of
from suggestions.actions import supervision as actions
from suggestions.actions.urging_rules import LEVELS, highest_level, require_sender
from suggestions.forms.supervision import AnswerForm, SettleForm, TalkForm, UrgeForm
from suggestions.lateness import late_of
from suggestions.models import Addressee, Suggestion, Supervision
from suggestions.policy.urging import sender_for
from suggestions.profile import rules_of
from suggestions.reminding import urgeable
from suggestions.states import LetterState, MeasureKind, SupervisionState
from suggestions.views.addressees import addressee_page, find_addressee

USUAL_WORKDAYS = 5
UPWARD = (OrganizationKind.GOVERNMENT, OrganizationKind.JUSTICE_BUREAU)


@dataclass(frozen=True)
class UrgeLink:
    unit: str
    url: str
    is_late: bool


def supervision_section(request: SignedInRequest, suggestion: Suggestion) -> dict:
    """The context of `_supervision.html`: the measures of all addressees, newest first, and
    whom the reader may urge; a fixed number of queries."""
    rows = Supervision.objects.filter(addressee__suggestion=suggestion).select_related(
        "addressee__organization", "by_organization"
    )
    return {"measures_taken": list(rows), "urge_links": _links(request, suggestion)}


def _links(request: SignedInRequest, suggestion: Suggestion) -> list[UrgeLink]:
    if suggestion.state != LetterState.ISSUED:
        return []
    today = timezone.localdate()
    live = list(suggestion.addressees.live().select_related("organization"))
    for addressee in live:
        addressee.suggestion = suggestion
    if not live or sender_for(request.user, live[0], today) is None:
        return []
    found = [
        UrgeLink(
            addressee.organization.short_name,
            reverse("suggestions:urge", args=[addressee.public_id]),
            urgeable(addressee, today),
        )
        for addressee in live
    ]
    return sorted(found, key=lambda link: not link.is_late)


@page_of_form
@login_required
def urge(request: SignedInRequest, public_id: str) -> HttpResponse:
    addressee = find_addressee(request, public_id, "urge")
    today = timezone.localdate()
    late = late_of(addressee, today)
    lowest = LEVELS.index(highest_level(addressee))
    sender = require_sender(request.user, addressee, today)
    units, usual = _upward(addressee, sender, today), _usual(addressee)
    asked = request.GET.get("kind", "")
    form = filled(
        request,
        UrgeForm,
        {
            "levels": LEVELS[lowest:],
            "units": units,
            "late": late is not None,
            "numbered": _is_numbered(addressee, sender, today),
        },
        kind=asked if asked in MeasureKind.values else MeasureKind.URGING,
        due_on=addressee.jurisdiction.calendar.add_workdays(today, USUAL_WORKDAYS),
        copied_to=[unit.pk for unit in units if unit.pk in usual],
    )
    if sent(request, form, actions.urge, addressee_id=addressee.pk):
        messages.success(request, _("It is sent; the unit has been told."))
        if corrected := correction_of(form.cleaned_data.get("number", "")):
            messages.info(request, corrected)
        return redirect(addressee.supervisions.order_by("-pk")[0])
    return addressee_page(
        request,
        addressee,
        form,
        title=_("Urge: %(unit)s") % {"unit": addressee.organization.short_name},
        verb=_("Send"),
        template="suggestions/supervision_urge.html",
        late=late,
        sender=sender,
        earlier=addressee.supervisions.select_related("by_organization"),
    )


def _upward(addressee: Addressee, sender: Organization, today: date) -> list[Organization]:
    """Whom it may be copied to: who got the letter, its issuer, and those above."""
    letter = addressee.suggestion
    above = Q(jurisdiction=letter.jurisdiction_id, kind__in=UPWARD)
    near = Q(pk__in=letter.copies.values("organization")) | Q(pk=letter.issuer_id)
    near |= Q(pk=addressee.organization.parent_id)
    rows = Organization.objects.on(today).filter(above | near)
    return list(rows.exclude(pk__in=(sender.pk, addressee.organization_id)).order_by("order"))


def _usual(addressee: Addressee) -> set[int]:
    """The issuer and who got a copy of the letter go on being told, unless taken out."""
    letter = addressee.suggestion
    return {letter.issuer_id, *letter.copies.values_list("organization", flat=True)}


def _is_numbered(addressee: Addressee, sender: Organization, today: date) -> bool:
    """Does the portal give the number itself?"""
    key = rules_of(addressee.suggestion.mechanism, today).letter_series.get(sender.key, "")
    series = NumberSeries.objects.filter(jurisdiction=addressee.jurisdiction, key=key)
    return bool(key) and series.filter(mode=NumberSeries.Mode.PORTAL).exists()


def find_measure_taken(request: SignedInRequest, public_id: str, verb: str = "") -> Supervision:
    """404 if the reader does not see it, 403 if they see it and may not do `verb`."""
    rows = visible_to(request.user, Supervision).select_related(
        "by_organization",
        "by",
        "addressee__organization",
        "addressee__handler",
        "addressee__suggestion__issuer",
        "addressee__suggestion__jurisdiction",
        "addressee__suggestion__mechanism",
    )
    found: Supervision = get_object_or_404(rows, public_id=public_id)
    if verb:
        policy_for(Supervision).require(request.user, verb, found)
    return found


@login_required
@require_GET
def supervision(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = find_measure_taken(request, public_id)
    policy, user = policy_for(Supervision), request.user
    waits = found.state == SupervisionState.OPEN
    answers, settles = policy.can(user, "answer", found), policy.can(user, "settle", found)
    context = {
        "measure": found,
        "addressee": found.addressee,
        "letter": found.addressee.suggestion,
        "clause": _clause(found),
        "documents": visible_to(user, OfficialDocument).about(found),
        "files": attachments_of(found),
        "copied_to": found.copied_to.order_by("order", "pk"),
        "may_answer": waits and answers and not found.is_talk,
        "may_enter": waits and settles and not answers and not _has_account(found),
        "may_record": waits and settles and found.is_talk,
        "may_settle": found.is_running and settles,
    }
    return render(request, "suggestions/supervision.html", context)


def _clause(found: Supervision) -> Provision | None:
    mechanism = found.addressee.suggestion.mechanism
    number = rules_of(mechanism, found.on).urging_provision
    return provision(mechanism, number, found.on) if number else None


def _has_account(found: Supervision) -> bool:
    return found.is_talk or bool(users_of(found.addressee.organization, timezone.localdate()))


@page_of_form
@login_required
def answer(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The unit's answer; entered by who urged for a unit without an account."""
    found = find_measure_taken(request, public_id)
    policy = policy_for(Supervision)
    behalf = not policy.can(request.user, "answer", found)
    if behalf:
        policy.require(request.user, "settle", found)
    form = filled(request, AnswerForm)
    given = {"supervision_id": found.pk, "on_behalf": behalf}
    if sent(request, form, actions.answer, **given):
        return _back(request, found, _("The answer is sent to who urged."))
    return _page(request, found, form, title=_("Answer"), verb=_("Send the answer"))


@page_of_form
@login_required
def record_talk(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = find_measure_taken(request, public_id, "settle")
    form = filled(request, TalkForm, on=timezone.localdate())
    if sent(request, form, actions.record_talk, supervision_id=found.pk):
        return _back(request, found, _("The record of the talk is kept."))
    return _page(request, found, form, title=_("Record the talk"), verb=_("Save the record"))


@page_of_form
@login_required
def settle(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = find_measure_taken(request, public_id, "settle")
    form = filled(request, SettleForm)
    if sent(request, form, actions.settle, supervision_id=found.pk):
        return _back(request, found, _("The measure is settled; the unit has been told."))
    return _page(request, found, form, title=_("Settle"), verb=_("Settle with this outcome"))


def _page(
    request: SignedInRequest, found: Supervision, form: BaseForm, **words: Any
) -> HttpResponse:
    template = "suggestions/supervision_form.html"
    return form_page(request, template, form, back=found, measure=found, **words)


def _back(request: SignedInRequest, found: Supervision, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect(found)

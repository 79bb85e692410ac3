"""Registering a dispute, what was settled then, and how its party was guided."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from cases.actions.intake import IntakeWords, act_of, record_guidance, register_intake
from cases.alike import alike
from cases.dictionaries import Ground, grounds
from cases.first import ground_for, periods_of
from cases.forms.intake import GuidanceForm, IntakeSheet, registrars
from cases.models import Dispute, Guidance, Intake
from cases.policy.circle import registers
from cases.profile import SERIES
from cases.states import Source
from cases.views.finding import find_dispute
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.forms import run
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from mechanisms.models import Mechanism
from members.models import Organization, User
from members.policy import works_for
from members.states import OrganizationKind, Side
from services.documents.models import NumberSeries

IMPORTERS = (
    OrganizationKind.JUSTICE_BUREAU,
    OrganizationKind.GOVERNMENT,
    OrganizationKind.COURT,
)


@dataclass(frozen=True)
class Findings:
    """What a first look at the form found. Of alike disputes that the reader does not see
    only how many they are and who registered them is told."""

    seen: list[Dispute]
    hidden: int
    hidden_by: list[str]
    ground: Ground | None


@login_required
@sensitive_post_parameters()
@page_of_form
def new(request: SignedInRequest) -> HttpResponse:
    mechanism, offices = _where(request)
    today = timezone.localdate()
    given: dict[str, Any] = {"mechanism": mechanism, "user": request.user, "on": today}
    if request.method == "POST" and "row" in request.POST:
        return _page(request, IntakeSheet.again(request.POST, request.POST["row"], **given))
    if request.method != "POST":
        first = _first_values(offices[0], today)
        return _page(request, IntakeSheet(initial=first, **given))
    sheet = IntakeSheet(request.POST, **given)
    if not sheet.is_valid():
        return _page(request, sheet)
    words, token = sheet.words(), sheet.main.cleaned_data["form_token"]
    if _registered(request, sheet, mechanism, words, token):
        return _onward(request, Dispute.objects.get(form_token=token), sheet)
    return _page(request, sheet, _findings(request.user, words, mechanism))


def _where(request: SignedInRequest) -> tuple[Mechanism, list[Organization]]:
    """The institution asked for, or the first one under which the reader may register."""
    rows = visible_to(request.user, Mechanism).select_related("jurisdiction").order_by("pk")
    key, today = request.GET.get("mechanism", ""), timezone.localdate()
    found = list(rows.filter(key=key) if key else rows)
    if not found:
        raise Http404
    for mechanism in found:
        if offices := registrars(request.user, mechanism, today):
            return mechanism, offices
    raise PermissionDenied("register")


def _first_values(office: Organization, today: date) -> dict[str, Any]:
    source = Source.COURT if office.side == Side.COURT else Source.WINDOW
    return {"registered_by": office.pk, "source": source, "filed_on": today}


def _registered(
    request: SignedInRequest,
    sheet: IntakeSheet,
    mechanism: Mechanism,
    words: IntakeWords,
    token: str,
) -> bool:
    return run(
        sheet,
        register_intake,
        mechanism_id=mechanism.pk,
        actor=request.user,
        at=timezone.now(),
        words=words,
        token=token,
    )


def _findings(user: User, words: IntakeWords, mechanism: Mechanism) -> Findings:
    found = alike(act_of(mechanism, words.dispute, words.parties))
    mine = set(visible_to(user, Dispute).filter(pk__in=[one.pk for one in found]))
    hidden = [one for one in found if one not in mine]
    return Findings(
        seen=[one for one in found if one in mine],
        hidden=len(hidden),
        hidden_by=sorted({one.registered_by.short_name for one in hidden}),
        ground=ground_for(words.dispute.act_kind, words.ticked, words.dispute.filed_on),
    )


def _page(
    request: SignedInRequest, sheet: IntakeSheet, findings: Findings | None = None
) -> HttpResponse:
    status = 422 if sheet.is_bound else 200
    offices = sheet.main.fields["registered_by"].queryset  # type: ignore[attr-defined]
    context = {"sheet": sheet, "form": sheet.main, "findings": findings}
    context["may_import"] = offices.filter(kind__in=IMPORTERS).exists()
    series = NumberSeries.objects.filter(key=SERIES, mode=NumberSeries.Mode.PORTAL)
    here = offices.values("jurisdiction")
    context["numbered"] = series.filter(jurisdiction__in=here).exists()
    return render(request, "cases/intake.html", context, status=status)


def _onward(request: SignedInRequest, dispute: Dispute, sheet: IntakeSheet) -> HttpResponse:
    messages.success(
        request, _("The dispute is registered as %(number)s.") % {"number": dispute.number or "—"}
    )
    for notice in sheet.notices:
        messages.info(request, notice)
    for period in periods_of(dispute, dispute.filed_on):
        words = {"rule": period.rule.name, "day": period.due_on}
        if period.missed:
            message = _("%(rule)s: the usual period ended on %(day)s; look for an exception.")
            messages.warning(request, message % words)
    return redirect(dispute)


def intake_section(request: SignedInRequest, dispute: Dispute) -> dict:
    """The context of `_intake.html`."""
    intake = Intake.objects.filter(dispute=dispute).first()
    like = visible_to(request.user, Dispute).filter(pk__in=intake.alike.all()) if intake else []
    ground = grounds().get(intake.first_ground) if intake else None
    return {
        "intake": intake,
        "alike": list(like),
        "first_ground": ground,
        "guidance": Guidance.objects.filter(dispute=dispute).first(),
        "periods": periods_of(dispute, timezone.localdate()),
        "may_guide": registers(request.user, dispute),
    }


@login_required
@page_of_form
def guidance(request: SignedInRequest, public_id: str) -> HttpResponse:
    dispute = find_dispute(request, public_id, "edit")
    kept = Guidance.objects.filter(dispute=dispute).first()
    given = {"offices": own_offices(request.user, dispute)}
    form = filled(request, GuidanceForm, given, **_of(kept))
    if sent(request, form, record_guidance, dispute_id=dispute.pk):
        messages.success(request, _("How the party was guided is recorded."))
        return redirect(f"{dispute.get_absolute_url()}?tab=settling")
    return form_page(
        request,
        "cases/intake_guidance.html",
        form,
        title=_("Guidance to reconsideration"),
        verb=_("Record the guidance"),
        back=f"{dispute.get_absolute_url()}?tab=settling",
        dispute=dispute,
    )


def _of(kept: Guidance | None) -> dict[str, Any]:
    if kept is None:
        return {"version": 0}
    plain = ("guided_on", "chose", "reason", "version")
    values = {name: getattr(kept, name) for name in plain}
    possible = "yes" if kept.possible else "no"
    return {**values, "possible": possible, "organization": kept.organization_id}


def own_offices(user: User, dispute: Dispute) -> list[Organization]:
    """For which of the units that keep the dispute, or handle a part of it, somebody works."""
    organs = [one.organ for one in dispute.procedures.select_related("organ").order_by("pk")]
    found = list(dict.fromkeys([dispute.registered_by, *organs]))
    mine = [one for one in found if works_for(user, one)]
    return mine or registrars(user, dispute.mechanism, timezone.localdate())

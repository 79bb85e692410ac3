"""月报、季报、年报: a bulletin that the portal begins with the figures of a term."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletins.actions.reports import GONE, REPORTED, draft_report, name_of, standing_report
from bulletins.models import Bulletin
from bulletins.policy.bulletins import issuers_for
from bulletins.tables.indicators import publishes
from dashboards.forms.reports import ReportForm, ended, names, usual
from dashboards.views.compliance import find_judged
from foundations.access.form_pages import filled, page_of_form, sent
from foundations.access.requests import SignedInRequest
from foundations.calendars.terms import Per, Term
from mechanisms.models import Mechanism
from members.models import Organization, User
from services.indicators.profile import choices_of


@login_required
@page_of_form
def report(request: SignedInRequest, key: str) -> HttpResponse:
    """Begin the report of a term that is over, in the name of a party of the institution."""
    mechanism = find_judged(request, key)
    issuers = reporting_for(request.user, mechanism)
    if not issuers:
        raise PermissionDenied("draft")
    per, today = _per(request), timezone.localdate()
    given = {"per": per, "issuers": issuers, "on": today}
    first = {"what": usual(per, choices_of(mechanism, today)), "issuer": issuers[0].public_id}
    form = filled(request, ReportForm, given, **first, term=request.GET.get("term", ""))
    if sent(request, form, draft_report, mechanism_id=mechanism.pk):
        return _onward(request, mechanism, form)
    context = {
        "mechanism": mechanism,
        "form": form,
        "per": str(per),
        "names": names(),
        "standing": _standing(mechanism, issuers, ended(per, today)),
    }
    status = 422 if form.is_bound else 200
    return render(request, "dashboards/report.html", context, status=status)


def reporting_for(user: User, mechanism: Mechanism) -> list[Organization]:
    """In whose name the user may begin reports: bodies that speak for a side."""
    held = issuers_for(user, mechanism.jurisdiction, timezone.localdate())
    return [unit for unit in held.order_by("order", "pk") if publishes(mechanism, unit)]


def _per(request: SignedInRequest) -> Per:
    asked = request.GET.get("per", "")
    return next((per for per in REPORTED if per == asked), Per.MONTH)


def _onward(request: SignedInRequest, mechanism: Mechanism, form: ReportForm) -> HttpResponse:
    data = form.given()
    issuer = form.cleaned_data["issuer"]
    found = standing_report(mechanism, issuer, data["term"])
    if found is None:
        raise PermissionDenied("draft")
    if found.is_writable and found.version <= FRESH:
        messages.success(request, _("The draft is begun. Look it through, then send it."))
    else:
        messages.info(request, _("This report is there already."))
    return redirect(found)


FRESH = 2
"""The version of a draft that nobody has changed yet: stored, and its text written."""


def _standing(
    mechanism: Mechanism, issuers: list[Organization], terms: list[Term]
) -> list[tuple[Term, Bulletin]]:
    """The reports that the user's bodies have of these terms."""
    named = {name_of(term): term for term in terms}
    rows = Bulletin.objects.filter(mechanism=mechanism, issuer__in=issuers, report__in=named)
    found = [(named[one.report], one) for one in rows.exclude(state__in=GONE)]
    return sorted(found, key=lambda pair: pair[0], reverse=True)

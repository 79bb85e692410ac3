"""The material of a quarter: seen, made into a paper, taken away as a table."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from bulletins.actions import packages as actions
from bulletins.forms.packages import QuarterForm
from bulletins.models import Obligation, QuarterPackage
from bulletins.packages import contents_of
from bulletins.papers.packages import line_words, package_title, table_of
from foundations.access.form_pages import page_of_form
from foundations.access.forms import run
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.export import sheet_response
from members.models import Organization
from members.policy import works_for
from members.standing import standing


@dataclass(frozen=True)
class Chosen:
    form: QuarterForm
    package: QuarterPackage

    @property
    def query(self) -> str:
        package = self.package
        given = {
            "unit": package.organization.public_id,
            "mechanism": package.mechanism.key,
            "year": package.year,
            "quarter": package.quarter,
        }
        return urlencode(given)


def _chosen(request: SignedInRequest, on: date) -> Chosen:
    """What the address asks for; without a choice the quarter that has ended last."""
    held = visible_to(request.user, Obligation).filter(
        debtor__in=standing(request.user).organizations
    )
    if key := request.GET.get("mechanism", ""):
        held = held.filter(mechanism__key=key)
    first = held.select_related("mechanism__jurisdiction", "debtor").first()
    if first is None:
        raise PermissionDenied("package")
    units = Organization.objects.filter(pk__in=held.values("debtor"))
    before = actions.quarter_before(on)
    initial = {"year": before.year, "quarter": before.n, "unit": first.debtor.public_id}
    form = QuarterForm(
        request.GET if "year" in request.GET else None, units=units, on=on, initial=initial
    )
    year, quarter, unit = before.year, before.n, first.debtor
    if form.is_bound and form.is_valid():
        year, quarter = form.cleaned_data["year"], form.cleaned_data["quarter"]
        unit = form.cleaned_data["unit"]
    return Chosen(form, actions.package_for(first.mechanism, unit, year, quarter))


@page_of_form
@login_required
def quarter(request: SignedInRequest) -> HttpResponse:
    chosen = _chosen(request, timezone.localdate())
    package = chosen.package
    if request.method == "POST" and _made(request, chosen):
        return redirect(actions.package_for(*_key(package)))
    held = contents_of(package)
    context = {
        "chosen": chosen,
        "package": package,
        "title": package_title(package),
        "lines": [(line, line_words(package, line)) for line in held.lines],
        "held": held,
        "paper": actions.paper_of(package) if package.pk else None,
        "may_make": works_for(request.user, package.organization),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "bulletins/package.html", context, status=status)


def _made(request: SignedInRequest, chosen: Chosen) -> bool:
    package = chosen.package
    done = run(
        chosen.form,
        actions.make_package,
        mechanism_id=package.mechanism.pk,
        actor=request.user,
        at=timezone.now(),
        organization_id=package.organization.pk,
        year=package.year,
        quarter=package.quarter,
    )
    if done:
        messages.success(request, _("The material is made; its paper is being printed."))
    return done


def _key(package: QuarterPackage) -> tuple:
    return package.mechanism, package.organization, package.year, package.quarter


@require_GET
@login_required
def table(request: SignedInRequest) -> HttpResponse:
    """The same lines as an Excel file."""
    today = timezone.localdate()
    package = _chosen(request, today).package
    policy_for(QuarterPackage).require(request.user, "make", package)
    actions.note_export(actor=request.user, package=package)
    rows = table_of(package, contents_of(package))
    return sheet_response(rows, package_title(package), on=today)


@require_GET
@login_required
def package(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = visible_to(request.user, QuarterPackage).select_related(
        "mechanism__jurisdiction", "organization", "jurisdiction"
    )
    found: QuarterPackage = get_object_or_404(rows, public_id=public_id)
    held = contents_of(found)
    context = {
        "package": found,
        "chosen": Chosen(QuarterForm(units=Organization.objects.none(), on=found.made_on), found),
        "title": package_title(found),
        "lines": [(line, line_words(found, line)) for line in held.lines],
        "held": held,
        "paper": actions.paper_of(found),
        "may_make": works_for(request.user, found.organization),
    }
    return render(request, "bulletins/package.html", context)

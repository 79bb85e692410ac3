"""How letters stand by period: counted on the page, taken as a table, issued as a report."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundations.access.forms import run
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.export import FORMATS
from mechanisms.models import Mechanism
from members.models import Organization
from members.policy import WORKERS
from members.standing import standing
from suggestions import papers
from suggestions.actions import reports as actions
from suggestions.figures import Implementation, implementation
from suggestions.forms.reports import PeriodForm, ReportForm
from suggestions.models import Report
from suggestions.papers.workbook import workbook
from suggestions.periods import Period
from suggestions.policy.writing import ISSUERS
from suggestions.views.finding import find_mechanism

KINDS = {kind for kinds in ISSUERS.values() for kind in kinds}


@dataclass(frozen=True)
class Chosen:
    """What the address asks for: whose letters, of which period, counted on which day."""

    form: PeriodForm
    mechanism: Mechanism
    issuer: Organization
    period: Period
    on: date

    @property
    def counted(self) -> Implementation:
        return implementation(self.mechanism, self.issuer, self.period, self.on)

    @property
    def report(self) -> Report | None:
        rows = Report.objects.filter(
            mechanism=self.mechanism,
            organization=self.issuer,
            year=self.period.year,
            quarter=self.period.quarter,
        )
        return rows.first()

    @property
    def query(self) -> str:
        given = {
            "mechanism": self.mechanism.key,
            "issuer": self.issuer.public_id,
            "year": self.period.year,
            "quarter": self.period.quarter,
        }
        return urlencode(given)


def _chosen(request: SignedInRequest) -> Chosen:
    on = timezone.localdate()
    mechanism = find_mechanism(request, request.GET.get("mechanism", ""))
    issuers = _issuers(request, mechanism, on)
    if not issuers:
        raise PermissionDenied("report")
    form = PeriodForm(
        request.GET if "year" in request.GET else None,
        issuers=issuers,
        on=on,
        initial={"year": on.year - 1, "quarter": 0},
    )
    issuer, period = form.chosen
    return Chosen(form, mechanism, issuer, period, on)


def _issuers(request: SignedInRequest, mechanism: Mechanism, on: date) -> QuerySet[Organization]:
    """The organizations that issue letters and that the reader works for."""
    mine = standing(request.user)
    if not mine.has(*WORKERS):
        return Organization.objects.none()
    return Organization.objects.on(on).filter(
        jurisdiction=mechanism.jurisdiction_id, kind__in=KINDS, pk__in=mine.organizations
    )


@require_http_methods(["GET", "POST"])
@login_required
def yearly(request: SignedInRequest) -> HttpResponse:
    """The figures of a period, and the form that makes a report of them."""
    chosen = _chosen(request)
    counted, report = chosen.counted, chosen.report
    form = ReportForm(
        request.POST if request.method == "POST" else None,
        mechanism=chosen.mechanism,
        counted=counted,
        issuer=chosen.issuer,
        report=report,
    )
    if request.method == "POST" and form.is_valid() and _prepared(request, form, chosen):
        made = chosen.report
        return redirect(made) if made else redirect("suggestions:yearly")
    shown = report or _unsaved(chosen)
    context = {
        "chosen": chosen,
        "period_form": chosen.form,
        "form": form,
        "report": report,
        "figures": papers.report_context(shown, counted),
        "may_prepare": policy_for(Report).can(request.user, "prepare", shown),
        "table_url": f"{reverse('suggestions:yearly-table')}?{chosen.query}",
    }
    return render(
        request, "suggestions/yearly.html", context, status=422 if form.is_bound else 200
    )


def _unsaved(chosen: Chosen) -> Report:
    return Report(
        mechanism=chosen.mechanism,
        jurisdiction=chosen.issuer.jurisdiction,
        organization=chosen.issuer,
        year=chosen.period.year,
        quarter=chosen.period.quarter,
    )


def _prepared(request: SignedInRequest, form: ReportForm, chosen: Chosen) -> bool:
    done = run(
        form,
        actions.prepare_report,
        mechanism_id=chosen.mechanism.pk,
        actor=request.user,
        at=timezone.now(),
        organization_id=chosen.issuer.pk,
        period=chosen.period,
        **form.given(),
    )
    if done:
        messages.success(request, _("The report is drafted with the figures of today."))
        if form.correction:
            messages.info(request, form.correction)
    return done


@require_GET
@login_required
def table(request: SignedInRequest) -> HttpResponse:
    """The same figures as an Excel file: by unit, and letter by letter."""
    chosen = _chosen(request)
    counted = chosen.counted
    actions.note_export(
        actor=request.user, period=chosen.period, issuer=chosen.issuer, rows=len(counted.rows)
    )
    title = papers.report_title(_unsaved(chosen))
    name = content_disposition_header(True, f"{title}.xlsx")
    return HttpResponse(
        workbook(counted),
        content_type=FORMATS["xlsx"],
        headers={"Content-Disposition": name or "", "Cache-Control": "no-store"},
    )


@require_GET
@login_required
def report(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id)
    paper = actions.paper_of(found)
    policy = policy_for(Report)
    context = {
        "report": found,
        "paper": paper,
        "title": papers.report_title(found),
        "figures": paper.context if paper else None,
        "told": found.told.all(),
        "may_prepare": policy.can(request.user, "prepare", found),
        "may_issue": policy.can(request.user, "issue", found) and paper is not None,
        "edit_url": _edit_url(found),
    }
    return render(request, "suggestions/report.html", context)


@require_POST
@login_required
def issue(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id)
    actions.issue_report(found.pk, actor=request.user, at=timezone.now(), version=_seen(request))
    messages.success(request, _("The report is issued; the units that it goes to are told."))
    return redirect(found)


def _seen(request: SignedInRequest) -> int | None:
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() else None


def _found(request: SignedInRequest, public_id: str) -> Report:
    rows = visible_to(request.user, Report).select_related(
        "jurisdiction", "mechanism", "organization", "by"
    )
    found: Report = get_object_or_404(rows, public_id=public_id)
    return found


def _edit_url(found: Report) -> str:
    given = {
        "mechanism": found.mechanism.key,
        "issuer": found.organization.public_id,
        "year": found.year,
        "quarter": found.quarter,
    }
    return f"{reverse('suggestions:yearly')}?{urlencode(given)}"

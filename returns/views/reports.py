"""请示报告: what a unit tells or asks of the bodies above it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from django_filters import ChoiceFilter, FilterSet, NumberFilter

from foundations.access.acts import Act, page
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from returns.actions import reports as actions
from returns.forms.reports import AnswerForm, IssueForm, NewReportForm, WriteForm
from returns.models import UpwardReport
from returns.models.reports import UPWARD_RULE
from returns.states import UpwardKind, UpwardState
from returns.views.choices import clauses_of, named, own_units
from services.deadlines.models import Deadline
from suggestions.views.finding import find_mechanism

KEPT = ("title", "to", "cc", "text", "signer", "contact", "number", "version")


class ReportFilter(FilterSet):
    kind = ChoiceFilter(label=_("Kind"), choices=UpwardKind.choices)
    state = ChoiceFilter(label=_("State"), choices=UpwardState.choices)
    year = NumberFilter(label=_("Year"), field_name="opened_on__year")

    class Meta:
        model = UpwardReport
        fields: list[str] = []


class ReportLedger(Ledger):
    name = "upward-reports"
    title = _("Reports and requests upward")
    subtitle = _("What units tell or ask of the bodies above them")
    model = UpwardReport
    filterset_class = ReportFilter
    search_fields = ("title", "to", "number")
    search_hint = _("Title, body, document number")
    columns = (
        Column("title", _("Title of the paper"), sort="title"),
        Column("kind", _("Kind"), value="get_kind_display", width="88"),
        Column("state", _("State"), value="get_state_display", width="112"),
        Column(
            "to", _("Bodies it goes to"), value=lambda row: "、".join(row.bodies), css="hide-s"
        ),
        Column("due_on", _("Due on"), sort="due_on", width="210"),
        Column("sent_on", _("Sent on"), sort="sent_on", width="140", css="hide-s"),
        Column("unit", _("Unit"), value="organization.name", shown=False),
        Column("number", _("Document number"), shown=False),
    )
    order = "-due_on"
    row_template = "returns/_report_row.html"
    empty = _("No reports here")
    empty_hint = _("What a clause asks for is opened by the portal; others are written here.")
    standing_views = (
        (_("All"), ""),
        (_("Owed"), "state=owed"),
        (_("Drafts"), "state=draft"),
        (_("Sent upward"), "state=issued"),
    )
    head_template = "returns/_reports_head.html"


@require_GET
@login_required
def reports(request: SignedInRequest) -> HttpResponse:
    rows = visible_to(request.user, UpwardReport).for_listing()
    may = {"may_write": own_units(request.user, timezone.localdate()).exists()}
    return ledger_response(request, ReportLedger, rows=rows, context=may)


@page_of_form
@login_required
def report_new(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    own = own_units(request.user, today)
    if not own.exists():
        raise PermissionDenied("write")
    mechanism = find_mechanism(request, request.GET.get("mechanism", ""))
    clauses = named(clauses_of(mechanism, [actions.SUBJECT], today))
    given = {"choices": {"organization": own}, "clauses": clauses}
    form = filled(request, NewReportForm, given, kind=UpwardKind.REPORT)
    if sent(request, form, actions.begin_report, mechanism_id=mechanism.pk):
        messages.success(request, gettext("The draft is kept; look at it on paper, then send it."))
        return redirect("returns:reports")
    return form_page(
        request,
        "forms/act.html",
        form,
        title=gettext("Write to a body above"),
        verb=gettext("Keep the draft"),
        back="returns:reports",
        about=mechanism.short_title,
        note=gettext("A request asks one thing of one body; a report asks for nothing."),
    )


@require_GET
@login_required
def report(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id)
    policy = policy_for(UpwardReport)
    context = {
        "report": found,
        "paper": actions.paper_of(found),
        "limit": Deadline.objects.about(found).filter(rule=UPWARD_RULE).order_by("-pk").first(),
        "may": {verb: policy.can(request.user, verb, found) for verb in policy.rules},
    }
    return render(request, "returns/report.html", context)


@page_of_form
@login_required
def report_write(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id)
    policy_for(UpwardReport).require(request.user, "write", found)
    first = {name: getattr(found, name) for name in KEPT}
    first["figures"] = "term" if found.term or found.figures else ""
    form = filled(request, WriteForm, **first)
    if sent(request, form, actions.write_report, report_id=found.pk):
        messages.success(request, gettext("The draft is kept; look at it on paper, then send it."))
        return redirect(found)
    return form_page(
        request,
        "forms/act.html",
        form,
        title=gettext("Write the paper"),
        verb=gettext("Keep the draft"),
        back=found.get_absolute_url(),
        about=found.organization.short_name,
    )


issue = page(
    Act(
        model=UpwardReport,
        key="report_id",
        form=IssueForm,
        action=actions.issue_report,
        title=_("Send the paper upward"),
        label=_("Send"),
        done=_("The paper is issued."),
        verb="issue",
        choices=None,
        days=("on",),
        keeps=("number",),
        note=_("Once issued the paper stays as it is."),
        related=("jurisdiction", "organization"),
    )
)
answer = page(
    Act(
        model=UpwardReport,
        key="report_id",
        form=AnswerForm,
        action=actions.note_answer,
        title=_("Note the answer"),
        label=_("Note it"),
        done=_("The answer is noted."),
        verb="answer",
        choices=None,
        days=("on",),
        related=("jurisdiction", "organization"),
    )
)


def _found(request: SignedInRequest, public_id: str) -> UpwardReport:
    rows = visible_to(request.user, UpwardReport).for_listing()
    found: UpwardReport = get_object_or_404(rows, public_id=public_id)
    return found

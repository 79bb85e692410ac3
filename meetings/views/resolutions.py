"""Resolutions after the meeting: on its page, in their list, one by one, and what is done."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from meetings.actions import afterwards, closing, reports, resolutions
from meetings.filters import ResolutionFilter
from meetings.forms.resolutions import (
    AddForm,
    CloseForm,
    DueForm,
    GiveUpForm,
    LeadForm,
    ProgressForm,
)
from meetings.forms.topics import ReasonForm
from meetings.models import Meeting, ProgressReport, Resolution, Topic
from meetings.states import ResolutionState
from meetings.views.changes import Change
from meetings.views.finding import find_meeting
from members.models import User
from services.documents.attachments import attachments_of

CHANGES = {
    "cancel": Change(
        GiveUpForm,
        resolutions.cancel_resolution,
        title=gettext_lazy("Give the resolution up"),
        verb=gettext_lazy("Give up"),
        done=gettext_lazy("The resolution is given up; the reason is on record."),
    ),
    "change_due": Change(
        DueForm,
        resolutions.change_due,
        title=gettext_lazy("Change the due date"),
        verb=gettext_lazy("Change"),
        done=gettext_lazy("The due date is changed; the unit is told."),
    ),
    "change_lead": Change(
        LeadForm,
        resolutions.change_lead,
        title=gettext_lazy("Give to another unit"),
        verb=gettext_lazy("Give to it"),
        done=gettext_lazy("Another unit leads from now on; both units are told."),
    ),
    "reopen": Change(
        DueForm,
        resolutions.reopen_resolution,
        title=gettext_lazy("Take up again"),
        verb=gettext_lazy("Take up again"),
        done=gettext_lazy("The resolution is in progress again; the unit is told."),
    ),
}


def resolutions_section(request: SignedInRequest, meeting: Meeting) -> dict:
    """What `_resolutions.html` shows: those of the meeting that the reader may see."""
    seen = visible_to(request.user, Resolution).filter(meeting=meeting)
    rows = list(
        seen.select_related("lead", "topic").prefetch_related("support").order_by("order", "pk")
    )
    return {
        "resolution_rows": rows,
        "resolutions_done": sum(row.state == ResolutionState.DONE for row in rows),
        "may_add_resolution": _may_add(request.user, meeting),
    }


def _may_add(user: User, meeting: Meeting) -> bool:
    """While its minutes can still take it in."""
    open_to_it = meeting.is_held and not meeting.minutes_issued
    return open_to_it and policy_for(Meeting).can(user, "record", meeting)


class ResolutionLedger(Ledger):
    name = "resolutions"
    title = gettext_lazy("Resolutions")
    model = Resolution
    filterset_class = ResolutionFilter
    search_fields = ("text", "lead__name", "meeting__title")
    search_hint = gettext_lazy("Matter, unit, meeting")
    columns = (
        Column("text", gettext_lazy("Matter")),
        Column("state", gettext_lazy("State"), value="get_state_display", width="112"),
        Column("due_on", gettext_lazy("Due"), sort="due_on", width="204"),
        Column("done_on", gettext_lazy("Done on"), shown=False),
        Column(
            "lead", gettext_lazy("Lead unit"), value="lead.name", sort="lead__name", width="150"
        ),
        Column("meeting", gettext_lazy("Meeting"), value="meeting.title", width="280"),
    )
    order = "due_on"
    row_template = "meetings/_resolution_row.html"
    empty = gettext_lazy("No resolutions here")
    standing_views = (
        (gettext_lazy("In progress"), "state=open"),
        (gettext_lazy("Overdue"), "overdue=true"),
        (gettext_lazy("Own unit"), "mine=true"),
        (gettext_lazy("All"), ""),
    )
    opens_on = "state=open"


@login_required
@require_GET
def ledger(request: SignedInRequest) -> HttpResponse:
    rows = visible_to(request.user, Resolution).exclude(state=ResolutionState.DRAFT)
    return ledger_response(request, ResolutionLedger, rows=rows.for_listing())


def _found(request: SignedInRequest, public_id: str, verb: str = "") -> Resolution:
    """404 if the reader does not see it, 403 if they see it and may not do `verb`."""
    rows = visible_to(request.user, Resolution).select_related(
        "meeting__mechanism__jurisdiction", "lead", "topic"
    )
    found = get_object_or_404(rows, public_id=public_id)
    if verb:
        policy_for(found).require(request.user, verb, found)
    return found


def _report(request: SignedInRequest, public_id: str) -> ProgressReport:
    rows = visible_to(request.user, ProgressReport).select_related(
        "resolution__meeting__mechanism__jurisdiction"
    )
    return get_object_or_404(rows, public_id=public_id)


@login_required
@require_GET
def resolution(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id)
    rows = list(found.reports.select_related("by", "organization", "answered_by"))
    waiting = next((one for one in rows if one.waits), None) if found.is_open else None
    context = {
        "resolution": found,
        "meeting": found.meeting,
        "support": found.support.all(),
        "reports": [(one, attachments_of(one)) for one in rows],
        "waiting": waiting,
        "sees_meeting": policy_for(Meeting).sees(request.user, found.meeting),
    }
    return render(request, "meetings/resolution.html", context)


@login_required
@page_of_form
def add(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Add what was left out at the meeting."""
    meeting = find_meeting(request, public_id, "record")
    topics = visible_to(request.user, Topic).on_agenda().filter(meeting=meeting)
    given = {"meeting": meeting, "topics": topics, "on": timezone.localdate()}
    form = filled(request, AddForm, given)
    if sent(request, form, afterwards.add_after_meeting, meeting_id=meeting.pk):
        messages.success(request, _("The resolution is added; its unit is told."))
        return redirect(meeting)
    return form_page(
        request,
        "meetings/resolution_add.html",
        form,
        title=_("Add a resolution"),
        verb=_("Add"),
        back=meeting,
        meeting=meeting,
    )


@login_required
@page_of_form
def report(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id, "report")
    form = filled(request, ProgressForm)
    if sent(request, form, reports.report_progress, resolution_id=found.pk):
        messages.success(request, _("Your report is recorded."))
        return redirect(found)
    return form_page(
        request,
        "meetings/resolution_change.html",
        form,
        title=_("Report progress"),
        verb=_("Report"),
        back=found,
        meeting=found.meeting,
        resolution=found,
    )


@login_required
@require_POST
def accept(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _report(request, public_id)
    done = reports.accept_report(found.pk, actor=request.user, at=timezone.now())
    messages.success(request, _("The resolution is done."))
    return redirect(done)


@login_required
@page_of_form
def send_back(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _report(request, public_id)
    policy_for(found.resolution).require(request.user, "check", found.resolution)
    form = filled(request, ReasonForm)
    if sent(request, form, reports.return_report, report_id=found.pk):
        messages.success(request, _("Sent back to the unit; the time limit goes on."))
        return redirect(found)
    return form_page(
        request,
        "meetings/resolution_change.html",
        form,
        title=_("Send the report back"),
        verb=_("Send back"),
        back=found,
        meeting=found.resolution.meeting,
        resolution=found.resolution,
    )


@login_required
@page_of_form
def change(request: SignedInRequest, public_id: str, name: str) -> HttpResponse:
    """`name` is that of the verb in the policy."""
    found, wanted = _found(request, public_id, name), CHANGES[name]
    given = {"resolution": found, "on": timezone.localdate()}
    form = filled(request, wanted.form, given)
    if sent(request, form, wanted.action, resolution_id=found.pk):
        messages.success(request, wanted.done)
        return redirect(found)
    return form_page(
        request,
        "meetings/resolution_change.html",
        form,
        title=wanted.title,
        verb=wanted.verb,
        back=found,
        meeting=found.meeting,
        resolution=found,
    )


@login_required
@page_of_form
def close(request: SignedInRequest, public_id: str) -> HttpResponse:
    meeting = find_meeting(request, public_id, "record")
    form = filled(request, CloseForm, {"meeting": meeting})
    if sent(request, form, closing.close_meeting, meeting_id=meeting.pk):
        messages.success(request, _("The meeting is closed; open resolutions are followed up."))
        return redirect(meeting)
    return form_page(
        request,
        "meetings/close.html",
        form,
        title=_("Close the meeting"),
        verb=_("Close the meeting"),
        back=meeting,
        meeting=meeting,
        open_rows=meeting.resolutions.open().select_related("lead"),
    )

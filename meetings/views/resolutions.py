from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_filters import ChoiceFilter, DateFromToRangeFilter, FilterSet

from foundations.access.forms import run
from foundations.access.policy import policy_for, visible_to
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from meetings.actions import resolutions as actions
from meetings.forms.resolutions import CloseForm, DueForm, ProgressForm, ReasonForm
from meetings.models import Meeting, ProgressReport, Resolution
from meetings.states import ResolutionState
from meetings.views.recorder import posted
from members.standing import standing
from services.documents.attachments import attachments_of


def resolutions_section(request, meeting: Meeting) -> dict:
    """What `_resolutions.html` shows: those of the meeting that the reader may see."""
    seen = visible_to(request.user, Resolution).filter(meeting=meeting)
    rows = list(
        seen.select_related("lead", "topic").prefetch_related("support").order_by("order", "pk")
    )
    return {
        "resolution_rows": rows,
        "resolutions_done": sum(row.state == ResolutionState.DONE for row in rows),
    }


ONLY = (("true", gettext_lazy("Only these")),)


class ResolutionFilter(FilterSet):
    state = ChoiceFilter(label=gettext_lazy("State"), choices=ResolutionState.choices)
    due_on = DateFromToRangeFilter(label=gettext_lazy("Due"))
    overdue = ChoiceFilter(label=gettext_lazy("Overdue"), choices=ONLY, method="keep_overdue")
    mine = ChoiceFilter(label=gettext_lazy("Own unit"), choices=ONLY, method="keep_mine")

    class Meta:
        model = Resolution
        fields = ("state", "due_on", "overdue", "mine")

    def keep_overdue(self, rows, _name, value):
        return rows.overdue(on=timezone.localdate()) if value else rows

    def keep_mine(self, rows, _name, value):
        mine = standing(self.request.user).organizations
        return rows.filter(lead__in=mine) if value else rows


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


@require_GET
@login_required
def ledger(request):
    rows = visible_to(request.user, Resolution).exclude(state=ResolutionState.DRAFT)
    return ledger_response(request, ResolutionLedger, rows=rows.for_listing())


def _found(request, public_id: str) -> Resolution:
    rows = visible_to(request.user, Resolution).select_related(
        "meeting__mechanism__jurisdiction", "lead", "topic"
    )
    return get_object_or_404(rows, public_id=public_id)


def _report(request, public_id: str) -> ProgressReport:
    rows = visible_to(request.user, ProgressReport).select_related(
        "resolution__meeting__mechanism__jurisdiction"
    )
    return get_object_or_404(rows, public_id=public_id)


@require_GET
@login_required
def resolution(request, public_id):
    found = _found(request, public_id)
    reports = list(found.reports.select_related("by", "organization", "answered_by"))
    policy = policy_for(found)
    waiting = next((one for one in reports if one.waits), None)
    context = {
        "resolution": found,
        "meeting": found.meeting,
        "support": found.support.all(),
        "reports": [(one, attachments_of(one)) for one in reports],
        "waiting": waiting if found.is_open else None,
        "sees_meeting": policy_for(Meeting).sees(request.user, found.meeting),
        "may_report": policy.can(request.user, "report", found) and found.is_open and not waiting,
        "may_check": policy.can(request.user, "check", found),
        "may_follow": policy.can(request.user, "cancel", found) and found.is_open,
    }
    return render(request, "meetings/resolution.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def report(request, public_id):
    found = _found(request, public_id)
    policy_for(found).require(request.user, "report", found)
    form = ProgressForm(posted(request), request.FILES or None)
    if form.is_valid() and run(
        form,
        actions.report_progress,
        resolution_id=found.pk,
        actor=request.user,
        at=timezone.now(),
        text=form.cleaned_data["text"],
        done=form.cleaned_data["done"],
        upload=form.cleaned_data["file"],
        declared=form.cleaned_data["declared"],
    ):
        messages.success(request, _("Your report is recorded."))
        return redirect(found)
    context = {"resolution": found, "meeting": found.meeting, "form": form}
    return render(request, "meetings/progress.html", context, status=422 if form.is_bound else 200)


@require_POST
@login_required
def accept(request, public_id):
    found = _report(request, public_id)
    done = actions.accept_report(found.pk, actor=request.user, at=timezone.now())
    messages.success(request, _("The resolution is done."))
    return redirect(done)


@require_http_methods(["GET", "POST"])
@login_required
def send_back(request, public_id):
    found = _report(request, public_id)
    policy_for(found.resolution).require(request.user, "check", found.resolution)
    form = ReasonForm(posted(request))
    if form.is_valid() and run(
        form,
        actions.return_report,
        report_id=found.pk,
        actor=request.user,
        at=timezone.now(),
        reason=form.cleaned_data["reason"],
    ):
        messages.success(request, _("Sent back to the unit; the time limit goes on."))
        return redirect(found)
    words = {"heading": _("Send the report back"), "verb": _("Send back")}
    return _step(request, found.resolution, form, **words)


@require_http_methods(["GET", "POST"])
@login_required
def cancel(request, public_id):
    found = _found(request, public_id)
    policy_for(found).require(request.user, "cancel", found)
    form = ReasonForm(posted(request), initial={"version": found.version})
    if form.is_valid() and run(
        form,
        actions.cancel_resolution,
        resolution_id=found.pk,
        actor=request.user,
        at=timezone.now(),
        **form.cleaned_data,
    ):
        messages.success(request, _("The resolution is given up; the reason is on record."))
        return redirect(found)
    words = {"heading": _("Give the resolution up"), "verb": _("Give up")}
    return _step(request, found, form, **words)


@require_http_methods(["GET", "POST"])
@login_required
def due(request, public_id):
    found = _found(request, public_id)
    policy_for(found).require(request.user, "change_due", found)
    initial = {"version": found.version, "day": found.due_on}
    form = DueForm(posted(request), initial=initial)
    if form.is_valid() and run(
        form,
        actions.change_due,
        resolution_id=found.pk,
        actor=request.user,
        at=timezone.now(),
        **form.cleaned_data,
    ):
        messages.success(request, _("The due date is changed; the unit is told."))
        return redirect(found)
    return _step(request, found, form, heading=_("Change the due date"), verb=_("Change"))


def _step(request, resolution: Resolution, form, *, heading: str, verb: str):
    context = {
        "meeting": resolution.meeting,
        "form": form,
        "page_title": heading,
        "verb": verb,
        "back": resolution.get_absolute_url(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "meetings/form_page.html", context, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def close(request, public_id):
    meeting = get_object_or_404(visible_to(request.user, Meeting), public_id=public_id)
    policy_for(meeting).require(request.user, "record", meeting)
    form = CloseForm(posted(request), initial={"version": meeting.version})
    if form.is_valid() and run(
        form,
        actions.close_meeting,
        meeting_id=meeting.pk,
        actor=request.user,
        **form.cleaned_data,
    ):
        messages.success(request, _("The meeting is closed; open resolutions are followed up."))
        return redirect(meeting)
    context = {
        "meeting": meeting,
        "form": form,
        "page_title": _("Close the meeting"),
        "verb": _("Close the meeting"),
        "back": meeting.get_absolute_url(),
        "open_rows": meeting.resolutions.open().select_related("lead"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "meetings/close.html", context, status=status)

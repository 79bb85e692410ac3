"""The recorder's screen: to begin, to read, to end; what it posts is in `recording`."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from meetings.actions.confidential import note_readings
from meetings.actions.session import end_session, start_session
from meetings.forms.session import EndForm, ResolutionForm, StartForm
from meetings.models import Meeting, Resolution, Topic
from meetings.states import MeetingState
from meetings.views.desk import Desk


def recorded(request: SignedInRequest, public_id: str) -> Meeting:
    """The meeting, for somebody who may record it: 404 unseen, 403 refused."""
    meetings = visible_to(request.user, Meeting).select_related(
        "mechanism__jurisdiction", "host_organization", "chair"
    )
    meeting = get_object_or_404(meetings, public_id=public_id)
    if not policy_for(Meeting).can(request.user, "record", meeting):
        raise PermissionDenied("record")
    return meeting


def back_to(meeting: Meeting, topic: Topic | None = None) -> HttpResponse:
    """Back to the screen, on the topic."""
    query = {"topic": topic.public_id} if topic else None
    return redirect(reverse("meetings:recorder", args=[meeting.public_id], query=query))


@require_GET
@login_required
def recorder(request: SignedInRequest, public_id: str) -> HttpResponse:
    meeting = recorded(request, public_id)
    if meeting.ended_at or meeting.is_held:
        return redirect(meeting)
    if not meeting.in_session:
        return _start_page(request, meeting, StartForm())
    return screen(request, meeting, wanted=request.GET.get("topic", ""))


def screen(
    request: SignedInRequest,
    meeting: Meeting,
    *,
    wanted: str = "",
    status: int = 200,
    **given: Any,
) -> HttpResponse:
    """The whole screen; `given` may hold a bound `form` or a `conflict` to show in it."""
    desk = Desk(meeting, request.user, timezone.now(), wanted)
    if desk.topic is not None:
        note_readings(request.user, [desk.topic])
    form = given.pop("form", None)
    if form is None and desk.topic is not None:
        form = _resolution_form(request, desk)
    context = {"meeting": meeting, "desk": desk, "form": form, **given}
    return render(request, "meetings/recorder.html", context, status=status)


def _resolution_form(request: SignedInRequest, desk: Desk) -> ResolutionForm:
    """Empty, or of the noted resolution that `?edit=` names."""
    given: dict[str, Any] = {"meeting": desk.meeting, "on": timezone.localdate()}
    wanted = request.GET.get("edit", "")
    edited = next((row for row in desk.resolutions if row.public_id == wanted), None)
    if edited is None:
        return ResolutionForm(**given)
    form = ResolutionForm.of(edited, **given)
    form.edited = edited
    return form


def _start_page(
    request: SignedInRequest, meeting: Meeting, form: StartForm, status: int = 200
) -> HttpResponse:
    early = timezone.localdate() < meeting.planned_on
    form.fields["reason"].required = early
    context = {
        "meeting": meeting,
        "form": form,
        "ready": meeting.state == MeetingState.NOTIFIED and meeting.day_agreed_at is not None,
        "early": early,
    }
    return render(request, "meetings/recorder_start.html", context, status=status)


@require_POST
@login_required
def start(request: SignedInRequest, public_id: str) -> HttpResponse:
    meeting = recorded(request, public_id)
    form = filled(request, StartForm)
    if sent(request, form, start_session, meeting_id=meeting.pk):
        return back_to(meeting)
    return _start_page(request, meeting, form, status=422)


@page_of_form
@login_required
def end(request: SignedInRequest, public_id: str) -> HttpResponse:
    meeting = recorded(request, public_id)
    form = filled(request, EndForm)
    if sent(request, form, end_session, meeting_id=meeting.pk):
        messages.success(request, _("The meeting is held; its resolutions run from now on."))
        return redirect(meeting)
    if not meeting.in_session:
        return redirect(meeting)
    desk = Desk(meeting, request.user, timezone.now())
    seen = visible_to(request.user, Resolution).filter(meeting=meeting)
    noted = seen.select_related("lead", "topic").order_by("order")
    note_readings(request.user, {row.topic for row in noted if row.closed})
    return form_page(
        request,
        "meetings/recorder_end.html",
        form,
        title=_("End the meeting"),
        verb=_("End the meeting"),
        back=reverse("meetings:recorder", args=[meeting.public_id]),
        meeting=meeting,
        desk=desk,
        noted=noted,
    )


@require_GET
@login_required
def wall(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The screen for the room: the topic and what was decided, nothing about persons."""
    meeting = recorded(request, public_id)
    if not meeting.in_session:
        return redirect(meeting)
    desk = Desk(meeting, request.user, timezone.now())
    noted = Resolution.objects.filter(meeting=meeting, topic__confidential=False)
    context = {
        "meeting": meeting,
        "desk": desk,
        "noted": noted.select_related("lead").order_by("order"),
    }
    return render(request, "meetings/recorder_wall.html", context)

"""Files of a meeting to take away: its calendar entry and its working sheets."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from foundations.access.policy import policy_for
from foundations.access.requests import SignedInRequest
from meetings.actions.notices import context_of, invitees_of
from meetings.actions.receipts import receipt_due_on
from meetings.invitation_mail import calendar_of
from meetings.models import Invitation
from meetings.papers.agenda import agenda_context
from meetings.papers.sheets import attendance_context, receipt_context, topic_form_context
from meetings.policy.circle import own_side
from meetings.states import MeetingState
from meetings.views.finding import find_meeting
from meetings.views.invitations import find_invitation
from services.documents.views.serving import served_paper

SHEETS: dict[str, tuple[str, Callable]] = {
    "agenda": ("议程", lambda meeting, on: agenda_context(meeting, on=on)),
    "attendance": ("签到表", lambda meeting, on: attendance_context(meeting)),
    "topic_form": ("议题征集单", lambda meeting, on: topic_form_context(meeting)),
}


@login_required
@require_GET
def calendar(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The meeting for the reader's own calendar; a later file updates the same entry."""
    meeting = find_meeting(request, public_id)
    content = calendar_of(meeting, request.user, at=timezone.now())
    method = "CANCEL" if meeting.state == MeetingState.CANCELLED else "REQUEST"
    response = HttpResponse(content, content_type=f"text/calendar; method={method}; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{meeting.public_id}.ics")
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_GET
def sheet(request: SignedInRequest, public_id: str, kind: str) -> FileResponse:
    """A working sheet as PDF; the list of names is for the secretariats."""
    if kind not in SHEETS:
        raise Http404
    meeting = find_meeting(request, public_id, "arrange" if kind == "attendance" else "")
    name, context = SHEETS[kind]
    return served_paper(kind, context(meeting, timezone.localdate()), f"{meeting.title}{name}")


@login_required
@require_GET
def notice_preview(request: SignedInRequest, public_id: str) -> FileResponse:
    """The notice of the own side as it would be issued now."""
    meeting = find_meeting(request, public_id, "notify")
    side = own_side(request.user, meeting)
    context = context_of(meeting, side, invitees_of(meeting, side), on=timezone.localdate())
    return served_paper("notice", context, f"{meeting.title}通知（预览）")


@login_required
@require_GET
def slip(request: SignedInRequest, public_id: str) -> FileResponse:
    """The receipt slip of one invitee, for those who answer on paper."""
    invitation = find_invitation(request, public_id)
    policy_for(Invitation).require(request.user, "answer", invitation)
    context = receipt_context(invitation, due=receipt_due_on(invitation.meeting))
    return served_paper("receipt", context, f"{invitation.meeting.title}回执")

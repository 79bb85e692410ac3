"""The agenda: its order, and the other side's consent to it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundations.access.policy import policy_for
from foundations.access.requests import SignedInRequest
from meetings.actions import agenda as actions
from meetings.actions.confidential import note_readings
from meetings.models import Meeting
from meetings.policy.circle import is_secretariat, own_side
from meetings.policy.topics import OPEN_TO_TOPICS
from meetings.views.finding import find_meeting
from meetings.views.topics import topic_lines
from services.consents.models import ConsentState
from services.consents.queries import latest


@login_required
@require_GET
def agenda(request: SignedInRequest, public_id: str) -> HttpResponse:
    meeting = find_meeting(request, public_id)
    still_open = meeting.state in OPEN_TO_TOPICS and meeting.started_at is None
    lines = [line for line in topic_lines(request.user, meeting) if line.number is not None]
    note_readings(request.user, [line.topic for line in lines if line.opens])
    consent = latest(meeting, actions.MATTER)
    waiting = consent is not None and consent.state == ConsentState.OPEN
    context = {
        "meeting": meeting,
        "lines": lines,
        "minutes": sum(line.topic.minutes_planned for line in lines),
        "consent": consent,
        "may_order": still_open and is_secretariat(request.user, meeting),
        "may_propose": still_open
        and bool(lines)
        and not waiting
        and meeting.agenda_agreed_at is None
        and policy_for(Meeting).can(request.user, "answer", meeting),
    }
    return render(request, "meetings/agenda.html", context)


@login_required
@require_POST
def propose(request: SignedInRequest, public_id: str) -> HttpResponse:
    meeting = find_meeting(request, public_id)
    side = own_side(request.user, meeting)
    actions.propose_agenda(meeting.pk, side=side, actor=request.user, at=timezone.now())
    messages.success(request, _("The agenda is put to the other side."))
    return redirect("meetings:agenda", meeting.public_id)

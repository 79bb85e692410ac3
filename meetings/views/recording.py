"""What the recorder's screen posts. Every answer is the screen again, so that it works
without script; the script asks for JSON where it only wants to know that all is kept."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundations.access.errors import RuleBroken
from foundations.access.forms import run
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from meetings.actions import noting, session
from meetings.actions.receipts import mark_attendance
from meetings.forms.session import AttendanceForm, NotesForm, OutcomeForm, ResolutionForm
from meetings.models import Invitation, Meeting, Resolution, Topic
from meetings.views.desk import Desk
from meetings.views.recorder import back_to, recorded, screen


def _topic(request: SignedInRequest, public_id: str) -> Topic:
    """A topic on the agenda of a meeting that the reader may record; its words may still
    be closed to the reader, and then the actions on them refuse."""
    near = Topic.objects.on_agenda().filter(meeting__in=visible_to(request.user, Meeting))
    topic = get_object_or_404(near, public_id=public_id)
    topic.meeting = recorded(request, topic.meeting.public_id)
    return topic


def _wants_json(request: SignedInRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


@require_POST
@login_required
def topic_open(request: SignedInRequest, public_id: str) -> HttpResponse:
    topic = _topic(request, public_id)
    session.open_topic(topic.pk, actor=request.user, at=timezone.now())
    return back_to(topic.meeting, topic)


@require_POST
@login_required
def topic_pause(request: SignedInRequest, public_id: str) -> HttpResponse:
    topic = _topic(request, public_id)
    session.pause_topic(topic.pk, actor=request.user, at=timezone.now())
    return back_to(topic.meeting, topic)


@require_POST
@login_required
def notes(request: SignedInRequest, public_id: str) -> HttpResponse:
    topic = _topic(request, public_id)
    form = NotesForm(request.POST)
    if not form.is_valid():
        return screen(request, topic.meeting, wanted=topic.public_id, status=422, notes_form=form)
    text = form.cleaned_data["text"]
    try:
        saved = session.note_discussion(
            topic.pk, actor=request.user, text=text, seen=form.cleaned_data["seen"]
        )
    except RuleBroken as broken:
        if broken.code != "notes_conflict":
            raise
        return _conflict(request, topic, text, broken.message)
    if _wants_json(request):
        return JsonResponse(
            {"seen": session.digest(saved.discussion), "at": _clock(timezone.now())}
        )
    return back_to(topic.meeting, topic)


def _conflict(request: SignedInRequest, topic: Topic, mine: str, message: str) -> HttpResponse:
    """Both texts on one screen, joined line by line for the recorder to check."""
    theirs = Topic.objects.values_list("discussion", flat=True).get(pk=topic.pk)
    known = set(theirs.splitlines())
    joined = [*theirs.splitlines(), *(line for line in mine.splitlines() if line not in known)]
    conflict = {
        "message": message,
        "mine": mine,
        "theirs": theirs,
        "joined": "\n".join(joined),
    }
    return screen(request, topic.meeting, wanted=topic.public_id, status=409, conflict=conflict)


@require_POST
@login_required
def draft(request: SignedInRequest, public_id: str) -> HttpResponse:
    topic = _topic(request, public_id)
    form = NotesForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"message": _("The notes are too long to be kept.")}, status=422)
    kept = session.keep_draft(
        topic.pk, actor=request.user, at=timezone.now(), text=form.cleaned_data["text"]
    )
    return JsonResponse({"at": _clock(kept.at)})


def _clock(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%H:%M:%S")


@require_POST
@login_required
def draft_drop(request: SignedInRequest, public_id: str) -> HttpResponse:
    topic = _topic(request, public_id)
    session.drop_draft(topic.pk, actor=request.user)
    return back_to(topic.meeting, topic)


@require_POST
@login_required
def outcome(request: SignedInRequest, public_id: str) -> HttpResponse:
    topic = _topic(request, public_id)
    form = OutcomeForm(request.POST)
    if form.is_valid():
        session.set_outcome(topic.pk, actor=request.user, outcome=form.cleaned_data["outcome"])
    return back_to(topic.meeting, topic)


@require_POST
@login_required
def go_on(request: SignedInRequest, public_id: str) -> HttpResponse:
    """From this topic to the next; the clock of one that is not concluded starts."""
    topic = _topic(request, public_id)
    desk = Desk(topic.meeting, request.user, timezone.now(), topic.public_id)
    if desk.after is None:
        return back_to(topic.meeting, topic)
    following = desk.after.topic
    if not following.outcome:
        session.open_topic(following.pk, actor=request.user, at=timezone.now())
    return back_to(topic.meeting, following)


@require_POST
@login_required
def attendance(request: SignedInRequest, public_id: str) -> HttpResponse:
    invitation = get_object_or_404(visible_to(request.user, Invitation), public_id=public_id)
    meeting = recorded(request, invitation.meeting.public_id)
    form = AttendanceForm(request.POST)
    wanted = request.GET.get("topic", "")
    if form.is_valid() and run(
        form,
        mark_attendance,
        invitation_id=invitation.pk,
        actor=request.user,
        at=timezone.now(),
        **form.cleaned_data,
    ):
        return back_to(meeting, Topic.objects.filter(meeting=meeting, public_id=wanted).first())
    form.invitation = invitation
    return screen(request, meeting, wanted=wanted, status=422, attendance_form=form)


@require_POST
@login_required
def resolution_add(request: SignedInRequest, public_id: str) -> HttpResponse:
    topic = _topic(request, public_id)
    form = ResolutionForm(request.POST, meeting=topic.meeting, on=timezone.localdate())
    if form.is_valid() and run(
        form,
        noting.add_resolution,
        meeting_id=topic.meeting_id,
        actor=request.user,
        topic=topic,
        **_facts(form),
    ):
        return back_to(topic.meeting, topic)
    return screen(request, topic.meeting, wanted=topic.public_id, status=422, form=form)


@require_POST
@login_required
def resolution_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    resolution = get_object_or_404(visible_to(request.user, Resolution), public_id=public_id)
    meeting = recorded(request, resolution.meeting.public_id)
    form = ResolutionForm(request.POST, meeting=meeting, on=timezone.localdate())
    form.edited = resolution
    if form.is_valid() and run(
        form,
        noting.edit_resolution,
        resolution_id=resolution.pk,
        actor=request.user,
        version=form.cleaned_data["version"],
        **_facts(form),
    ):
        return back_to(meeting, resolution.topic)
    wanted = resolution.topic.public_id if resolution.topic else ""
    return screen(request, meeting, wanted=wanted, status=422, form=form)


@require_POST
@login_required
def resolution_remove(request: SignedInRequest, public_id: str) -> HttpResponse:
    resolution = get_object_or_404(visible_to(request.user, Resolution), public_id=public_id)
    meeting = recorded(request, resolution.meeting.public_id)
    noting.remove_resolution(resolution.pk, actor=request.user)
    return back_to(meeting, resolution.topic)


def _facts(form: ResolutionForm) -> dict:
    return {name: form.cleaned_data[name] for name in ("text", "lead", "support", "due_on")}

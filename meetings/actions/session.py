"""The meeting day: begin, go topic by topic, note what was said and decided, end."""

import hashlib
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from mechanisms.queries import party
from meetings.actions.planning import count_held
from meetings.actions.receipts import mark_attendance
from meetings.actions.resolutions import open_resolutions
from meetings.actions.steps import day_of, locked, move, office_language
from meetings.models import Meeting, RecorderDraft, Topic
from meetings.plan import calendar_of, rules_of
from meetings.states import AttendanceState, MeetingState, TextClass, TopicOutcome, TopicState
from services.deadlines.actions import open_deadline

MINUTES_RULE = "MT-MIN"


@action
def start_session(meeting_id: int, *, actor: Actor, at: datetime, reason: str = "") -> Meeting:
    """Begin the meeting at `at`; again is harmless while it runs.

    Before the agreed day only with a reason (RuleBroken "too_early").
    """
    meeting = locked(meeting_id)
    policy_for(Meeting).require(actor, "record", meeting)
    if meeting.in_session:
        return meeting
    _require_ready(meeting, day_of(at), reason)
    meeting.started_at = at
    meeting.store()
    record(
        actor,
        "meetings.meeting.started",
        meeting,
        planned_on=meeting.planned_on.isoformat(),
        reason=reason,
    )
    return meeting


def _require_ready(meeting: Meeting, on: date, reason: str) -> None:
    if meeting.state != MeetingState.NOTIFIED:
        raise RuleBroken("not_notified", _("Only a meeting that has been notified can begin."))
    if meeting.day_agreed_at is None:
        raise RuleBroken("day_not_agreed", _("The sides have not agreed on the day yet."))
    if on < meeting.planned_on and not reason.strip():
        raise RuleBroken(
            "too_early",
            _("The agreed day is %(day)s. Say why the meeting is held before it.")
            % {"day": date_format(meeting.planned_on)},
            field="reason",
        )


@action
def open_topic(topic_id: int, *, actor: Actor, at: datetime) -> Topic:
    """Start the clock of a topic; the clock of the one before it stops."""
    topic = _topic(topic_id, actor)
    if topic.opened_at is not None:
        return topic
    for running in topic.meeting.topics.select_for_update().filter(opened_at__isnull=False):
        _stop(running, at)
    topic.opened_at = at
    topic.store()
    record(actor, "meetings.topic.opened", topic)
    return topic


@action
def pause_topic(topic_id: int, *, actor: Actor, at: datetime) -> Topic:
    topic = _topic(topic_id, actor)
    if topic.opened_at is not None:
        _stop(topic, at)
        record(actor, "meetings.topic.paused", topic, seconds=topic.seconds_spent)
    return topic


@action
def note_discussion(topic_id: int, *, actor: Actor, text: str, seen: str) -> Topic:
    """Save what was said on a topic. `seen` is the digest of the text that the writer
    began with: RuleBroken "notes_conflict" if another recorder changed it since."""
    topic = _open_topic(topic_id, actor)
    text = text.replace("\r\n", "\n")
    if text != topic.discussion:
        if seen != digest(topic.discussion):
            raise RuleBroken(
                "notes_conflict",
                _("Another recorder saved these notes first. Both texts are kept; join them."),
                field="discussion",
            )
        topic.discussion = text
        topic.store()
        record(actor, "meetings.topic.noted", topic, digest=digest(text))
    if actor is not None:
        RecorderDraft.objects.filter(
            meeting=topic.meeting, user=actor, field=draft_field(topic)
        ).delete()
    return topic


@action
def set_outcome(topic_id: int, *, actor: Actor, outcome: str) -> Topic:
    """Say what the meeting made of a topic; "" takes it back."""
    topic = _topic(topic_id, actor)
    if outcome and outcome not in TopicOutcome.values:
        raise RuleBroken("no_such_outcome", _("There is no such outcome."), field="outcome")
    before = topic.outcome
    if outcome != before:
        topic.outcome = outcome
        topic.store()
        record(actor, "meetings.topic.concluded", topic, before=before, after=outcome)
    return topic


def draft_field(topic: Topic) -> str:
    return f"discussion:{topic.public_id}"


def digest(text: str) -> str:
    """By which a page says which notes it began from."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@action
def keep_draft(topic_id: int, *, actor: Actor, at: datetime, text: str) -> RecorderDraft:
    """Keep what a recorder is typing; it belongs to that account until it is saved."""
    topic = _open_topic(topic_id, actor)
    draft, _made = RecorderDraft.objects.update_or_create(
        meeting=topic.meeting,
        user=actor,
        field=draft_field(topic),
        defaults={"text": text.replace("\r\n", "\n"), "at": at},
    )
    return draft


@action
def drop_draft(topic_id: int, *, actor: Actor) -> None:
    topic = _topic(topic_id, actor)
    RecorderDraft.objects.filter(
        meeting=topic.meeting, user=actor, field=draft_field(topic)
    ).delete()


@action
def end_session(
    meeting_id: int,
    *,
    actor: Actor,
    at: datetime,
    carry_open: bool = False,
    absent_rest: bool = False,
) -> Meeting:
    """End the meeting: it is held, its resolutions begin to run, the duty's clock restarts.

    RuleBroken "attendance_missing" or "topics_open" while something is not noted;
    `absent_rest` and `carry_open` note the rest as absent, as carried to the next one.
    """
    meeting = locked(meeting_id)
    policy_for(Meeting).require(actor, "record", meeting)
    _require_session(meeting)
    if absent_rest:
        _mark_the_rest_absent(meeting, actor, at)
    _close_topics(meeting, actor, at, carry_open=carry_open)
    _require_complete(meeting)
    held_on = day_of(meeting.started_at)
    meeting.ended_at = at
    meeting.held_on = held_on
    move(meeting, MeetingState.HELD, actor, held_on=held_on.isoformat())
    open_resolutions(meeting, actor=actor, at=at)
    _await_minutes(meeting, actor)
    count_held(meeting, actor=actor)
    return meeting


def _topic(topic_id: int, actor: Actor) -> Topic:
    """A topic of a running meeting, both locked, for somebody who may record it."""
    meeting_id = Topic.objects.values_list("meeting_id", flat=True).get(pk=topic_id)
    meeting = locked(meeting_id)
    policy_for(Meeting).require(actor, "record", meeting)
    _require_session(meeting)
    topic = Topic.objects.select_for_update(of=("self",)).get(pk=topic_id)
    topic.meeting = meeting
    if topic.state != TopicState.ACCEPTED:
        raise RuleBroken("not_on_agenda", _("This topic is not on the agenda."))
    return topic


def _open_topic(topic_id: int, actor: Actor) -> Topic:
    """The same, for whoever may open what lies behind it (YN-21)."""
    topic = _topic(topic_id, actor)
    if actor is not None and not policy_for(Topic).sees(actor, topic):
        raise PermissionDenied("record")
    return topic


def _require_session(meeting: Meeting) -> None:
    if not meeting.in_session:
        raise RuleBroken("not_in_session", _("The meeting is not being held now."))


def _stop(topic: Topic, at: datetime) -> None:
    topic.seconds_spent += max(0, int((at - topic.opened_at).total_seconds()))
    topic.opened_at = None
    topic.store()


def _mark_the_rest_absent(meeting: Meeting, actor: Actor, at: datetime) -> None:
    for invitation in meeting.invitations.filter(attendance=AttendanceState.UNKNOWN):
        mark_attendance(invitation.pk, actor=actor, at=at, state=AttendanceState.ABSENT)


def _close_topics(meeting: Meeting, actor: Actor, at: datetime, *, carry_open: bool) -> None:
    for topic in meeting.topics.select_for_update().filter(state=TopicState.ACCEPTED):
        if topic.opened_at is not None:
            _stop(topic, at)
        if carry_open and not topic.outcome:
            topic.outcome = TopicOutcome.CARRIED
            topic.store()
            record(actor, "meetings.topic.concluded", topic, before="", after=topic.outcome)


def _require_complete(meeting: Meeting) -> None:
    """RuleBroken for what the record still lacks, in the order of the screen."""
    if meeting.topics.filter(state=TopicState.ACCEPTED, outcome="").exists():
        raise RuleBroken("topics_open", _("Some topics have no outcome yet."), field="carry_open")
    came = (AttendanceState.PRESENT, AttendanceState.SUBSTITUTE)
    invitations = meeting.invitations.all()
    if invitations.filter(attendance=AttendanceState.UNKNOWN).exists():
        raise RuleBroken(
            "attendance_missing",
            _("It is not noted yet for everybody who came and who did not."),
            field="absent_rest",
        )
    if not invitations.filter(attendance__in=came).exists():
        raise RuleBroken("nobody_present", _("Nobody is noted as present."))


def _await_minutes(meeting: Meeting, actor: Actor) -> None:
    """The host owes the first draft of the minutes within the profile's working days."""
    rules = rules_of(meeting.mechanism, meeting.held_on)
    if TextClass.MINUTES not in rules.texts:
        return
    calendar = calendar_of(meeting.mechanism)
    due_on = calendar.add_workdays(meeting.held_on, rules.minutes_days_after)
    with office_language():
        title = _("Draft of the minutes: %(meeting)s") % {"meeting": meeting.title}
    open_deadline(
        meeting,
        MINUTES_RULE,
        actor=actor,
        title=title,
        jurisdiction=meeting.jurisdiction,
        owed_by=party(meeting.mechanism, meeting.host).acting,
        trigger_on=meeting.held_on,
        due_on=due_on,
        provisional=calendar.provisional(meeting.held_on, due_on),
    )

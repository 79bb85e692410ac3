"""What comes back by itself: open resolutions and unfinished topics of earlier meetings."""

from datetime import datetime

from django.db.models import Max, Q

from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from meetings.actions.agenda import agenda_changed
from meetings.models import Meeting, Resolution, Topic
from meetings.plan import rules_of
from meetings.states import (
    HELD,
    MeetingKind,
    MeetingState,
    ResolutionState,
    TopicOutcome,
    TopicState,
)

EDITABLE = (
    "kind",
    "title",
    "opinion",
    "presenter",
    "presenter_name",
    "minutes_planned",
    "pending_case",
    "confidential",
)
"""The fields of a topic that people write; a topic carried over takes them along."""


@action
def add_standing_items(meeting: Meeting, *, actor: Actor, at: datetime) -> list[Topic]:
    """What comes back by itself when a regular meeting begins to collect topics.

    One 回头看 for every earlier meeting with open resolutions; topics that were deferred,
    carried over, or left by a cancelled meeting. Called inside an action that has locked
    `meeting`; a second call adds only what is new.
    """
    if meeting.kind != MeetingKind.REGULAR:
        return []
    added = [_look_back(meeting, earlier) for earlier in _meetings_to_follow_up(meeting)]
    added += [_carry(meeting, topic) for topic in _topics_to_carry(meeting)]
    for topic in added:
        topic.order = last_place(meeting) + 1
        topic.store()
        _copy_readers(topic)
        record(actor, "meetings.topic.came_back", topic, state=topic.state)
    if added:
        agenda_changed(meeting, actor=actor, at=at)
    return added


def last_place(meeting: Meeting) -> int:
    return meeting.topics.aggregate(last=Max("order"))["last"] or 0


def _meetings_to_follow_up(meeting: Meeting) -> list[Meeting]:
    """Meetings held before with open resolutions that this one does not follow up yet."""
    followed = meeting.topics.filter(follows__isnull=False).values("follows__meeting")
    return list(
        Meeting.objects.filter(
            mechanism=meeting.mechanism,
            state__in=HELD,
            resolutions__state=ResolutionState.OPEN,
        )
        .exclude(pk__in=followed)
        .distinct()
        .order_by("held_on", "pk")
    )


def _look_back(meeting: Meeting, earlier: Meeting) -> Topic:
    unfinished = list(Resolution.objects.filter(meeting=earlier).open().order_by("order", "pk"))
    kinds = rules_of(meeting.mechanism, meeting.planned_on).topic_types
    plain = next((kind.key for kind in kinds if not kind.needs_opinion), "other")
    return Topic(
        meeting=meeting,
        kind=plain,
        title=f"回头看：{earlier.title}未办结事项 {len(unfinished)} 项"[:200],
        presenter_name="双方联络员",
        minutes_planned=10,
        state=TopicState.ACCEPTED,
        follows=unfinished[0],
    )


def _topics_to_carry(meeting: Meeting) -> list[Topic]:
    undone = Q(state=TopicState.DEFERRED) | Q(outcome=TopicOutcome.CARRIED)
    undone |= Q(
        meeting__state=MeetingState.CANCELLED,
        state__in=(TopicState.SUBMITTED, TopicState.ACCEPTED),
    )
    return list(
        Topic.objects.filter(
            undone,
            meeting__mechanism=meeting.mechanism,
            meeting__planned_on__lte=meeting.planned_on,
            carried_to__isnull=True,
            follows__isnull=True,
        )
        .exclude(meeting=meeting)
        .order_by("meeting__planned_on", "order", "pk")
    )


def _carry(meeting: Meeting, topic: Topic) -> Topic:
    decided = topic.outcome == TopicOutcome.CARRIED
    return Topic(
        meeting=meeting,
        organization=topic.organization,
        submitted_by=topic.submitted_by,
        carried_from=topic,
        state=TopicState.ACCEPTED if decided else TopicState.SUBMITTED,
        visibility=topic.visibility,
        **{name: getattr(topic, name) for name in EDITABLE},
    )


def _copy_readers(topic: Topic) -> None:
    """The readers stay named; the undertaking is signed anew for the new meeting."""
    if topic.carried_from is None:
        return
    for reader in topic.carried_from.readers.named():
        topic.readers.create(user=reader.user, named_by=reader.named_by, named_at=reader.named_at)

"""What the recorder has on the desk: the one reading of a running meeting for its screen."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from string import ascii_lowercase

from django.utils.functional import Promise

from foundations.access.policy import policy_for, visible_to
from meetings.actions.session import digest, draft_field
from meetings.models import Invitation, Meeting, RecorderDraft, Resolution, Topic
from meetings.plan import rules_of
from meetings.states import HELD, AttendanceState, ResolutionState, TopicOutcome
from members.models import User
from services.documents.attachments import attachments_of

EARLIER_SHOWN = 5
CAME = (AttendanceState.PRESENT, AttendanceState.SUBSTITUTE)
TICKS = {
    AttendanceState.UNKNOWN: ("soon", "question-circle"),
    AttendanceState.PRESENT: ("ok", "check-circle-fill"),
    AttendanceState.SUBSTITUTE: ("go", "person-check"),
    AttendanceState.LEAVE: ("no", "dash-circle"),
    AttendanceState.ABSENT: ("no", "x-circle"),
}


def clock(seconds: int) -> str:
    """00:42:16."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest:02}"


@dataclass(frozen=True)
class TopicLine:
    """A topic in the list; what a recorder may not open has no words (YN-21)."""

    number: int
    topic: Topic
    opened: bool
    current: bool
    seconds: int

    @property
    def done(self) -> bool:
        return bool(self.topic.outcome)

    @property
    def minutes(self) -> int:
        return round(self.seconds / 60)

    @property
    def clock(self) -> str:
        return clock(self.seconds)


@dataclass(frozen=True)
class Arrival:
    """A line of the attendance list, with the letter that marks it."""

    letter: str
    invitation: Invitation

    @property
    def tick(self) -> tuple:
        state = self.invitation.attendance
        return (*TICKS[AttendanceState(state)], AttendanceState(state).label)


class Desk:
    """One meeting as one recorder sees it at a moment; `wanted` is a topic's public id."""

    def __init__(self, meeting: Meeting, user: User, at: datetime, wanted: str = "") -> None:
        self.meeting, self.user, self.at, self.wanted = meeting, user, at, wanted

    @cached_property
    def topics(self) -> list[TopicLine]:
        rows = list(self.meeting.topics.on_agenda().for_listing())
        readable = set(
            visible_to(self.user, Topic).filter(meeting=self.meeting).values_list("pk", flat=True)
        )
        now = self._now(rows)
        return [
            TopicLine(
                number=number,
                topic=topic,
                opened=topic.pk in readable,
                current=topic == now,
                seconds=self._seconds(topic),
            )
            for number, topic in enumerate(rows, start=1)
        ]

    def _now(self, rows: list[Topic]) -> Topic | None:
        """The topic asked for, else the one whose clock runs, else the first to be done."""
        asked = [topic for topic in rows if topic.public_id == self.wanted]
        running = [topic for topic in rows if topic.opened_at]
        to_do = [topic for topic in rows if not topic.outcome]
        return next(iter([*asked, *running, *to_do, *rows[-1:]]), None)

    def _seconds(self, topic: Topic) -> int:
        running = int((self.at - topic.opened_at).total_seconds()) if topic.opened_at else 0
        return topic.seconds_spent + max(0, running)

    @cached_property
    def line(self) -> TopicLine | None:
        return next((line for line in self.topics if line.current), None)

    @property
    def topic(self) -> Topic | None:
        """The current topic, if the recorder may open it."""
        return self.line.topic if self.line and self.line.opened else None

    @property
    def before(self) -> TopicLine | None:
        return self._beside(-1)

    @property
    def after(self) -> TopicLine | None:
        return self._beside(1)

    def _beside(self, step: int) -> TopicLine | None:
        place = self.line.number + step if self.line else 0
        return next((line for line in self.topics if line.number == place), None)

    @property
    def elapsed(self) -> int:
        return int((self.at - self.meeting.started_at).total_seconds())

    @property
    def clock(self) -> str:
        return clock(self.elapsed)

    @property
    def place(self) -> str:
        """The current topic's public id, for addresses."""
        return self.line.topic.public_id if self.line else ""

    @property
    def pending_provision(self) -> str:
        """The clause that guards a fair trial (YN-22)."""
        return rules_of(self.meeting.mechanism, self.meeting.planned_on).pending_case_provision

    @property
    def seen(self) -> str:
        return digest(self.topic.discussion)

    @property
    def outcomes(self) -> list[tuple[int, str, str | Promise]]:
        """Key, value and word of each outcome."""
        return [(n, value, label) for n, (value, label) in enumerate(TopicOutcome.choices, 1)]

    @cached_property
    def draft(self) -> RecorderDraft | None:
        """What this recorder typed on the topic and did not get to save."""
        kept = RecorderDraft.objects.filter(
            meeting=self.meeting, user=self.user, field=draft_field(self.topic)
        ).first()
        return kept if kept and kept.text != self.topic.discussion else None

    @cached_property
    def resolutions(self) -> list[Resolution]:
        rows = Resolution.objects.filter(meeting=self.meeting, topic=self.topic)
        return list(rows.select_related("lead").prefetch_related("support").order_by("order"))

    @cached_property
    def earlier(self) -> list[Resolution]:
        """Open resolutions of earlier meetings that bear on the topic: all of them for a
        standing item, else those of its unit."""
        rows = visible_to(self.user, Resolution).filter(
            meeting__mechanism=self.meeting.mechanism_id,
            meeting__state__in=HELD,
            state__in=(ResolutionState.OPEN, ResolutionState.DONE),
        )
        if self.topic.follows_id:
            rows = rows.filter(state=ResolutionState.OPEN)
        else:
            rows = rows.filter(lead=self.topic.organization_id)
        return list(rows.for_listing().order_by("state", "-due_on")[:EARLIER_SHOWN])

    @cached_property
    def material(self) -> list:
        return list(attachments_of(self.topic))

    @cached_property
    def may_open_material(self) -> bool:
        return policy_for(Topic).can(self.user, "open_confidential", self.topic)

    @cached_property
    def arrivals(self) -> list[Arrival]:
        rows = self.meeting.invitations.order_by("order", "pk")
        letters = [*ascii_lowercase, *[""] * max(0, rows.count() - len(ascii_lowercase))]
        return [Arrival(*pair) for pair in zip(letters, rows, strict=False)]

    @property
    def expected(self) -> int:
        return len(self.arrivals)

    @property
    def came(self) -> int:
        return sum(arrival.invitation.attendance in CAME for arrival in self.arrivals)

    @property
    def unmarked(self) -> list[Arrival]:
        unknown = AttendanceState.UNKNOWN
        return [line for line in self.arrivals if line.invitation.attendance == unknown]

    @property
    def undecided(self) -> list[TopicLine]:
        return [line for line in self.topics if not line.done]

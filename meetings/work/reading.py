"""What the parts of a desk read in common, each of it once."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, Model, OuterRef, Q

from foundations.access.policy import visible_to
from mechanisms.models import Mechanism
from meetings.actions.session import MINUTES_RULE
from meetings.models import Meeting, MeetingText, Topic
from meetings.policy.topics import OPEN_TO_TOPICS
from meetings.states import AHEAD, DUTY, MeetingState, TextState
from members.models import User
from members.standing import standing
from services.consents.models import Consent
from services.deadlines.models import Deadline


class Reading:
    """What one user sees of the meetings on a day."""

    def __init__(self, user: User, on: date) -> None:
        self.user, self.on, self.mine = user, on, standing(user, on)
        self._mechanisms: dict[int, Mechanism] = {}

    def share(self, meetings: Iterable[Meeting]) -> None:
        """Give the meetings of one institution the same row of it.

        What is asked of an institution is kept on its row: its sides, versions, calendar.
        """
        for meeting in meetings:
            row = self._mechanisms.setdefault(meeting.mechanism_id, meeting.mechanism)
            meeting.mechanism = row

    @cached_property
    def meetings(self) -> list[Meeting]:
        """Meetings that are to be held, or were held and have no minutes yet, by day."""
        rows = visible_to(self.user, Meeting).filter(state__in=AHEAD | {MeetingState.HELD})
        rows = rows.select_related("mechanism__jurisdiction", "host_organization")
        meetings = list(rows.order_by("planned_on", "pk"))
        self.share(meetings)
        return meetings

    @cached_property
    def gathering(self) -> list[Meeting]:
        """Meetings that take topics, invite and have not begun."""
        return [
            meeting
            for meeting in self.meetings
            if meeting.state in OPEN_TO_TOPICS and meeting.started_at is None
        ]

    @cached_property
    def texts(self) -> list[MeetingText]:
        """Texts on their way to being issued."""
        rows = visible_to(self.user, MeetingText).exclude(state=TextState.ISSUED)
        rows = rows.select_related("meeting__mechanism__jurisdiction")
        texts = list(rows.order_by("meeting__held_on", "pk"))
        self.share(text.meeting for text in texts)
        return texts

    @cached_property
    def topics(self) -> list[Any]:
        """Their topics, each with its `side`, and with `opens`: may the user read it?

        What an annotation adds to a row cannot be told to a type checker.
        """
        readable = visible_to(self.user, Topic).filter(pk=OuterRef("pk"))
        rows = Topic.objects.filter(meeting__in=[meeting.pk for meeting in self.gathering])
        return list(rows.annotate(side=F("organization__side"), opens=Exists(readable)))

    def topics_of(self, meeting: Meeting) -> list[Any]:
        return [topic for topic in self.topics if topic.meeting_id == meeting.pk]

    def consent(self, subject: Meeting | MeetingText, *matters: str) -> Consent | None:
        """The newest proposal on one of the matters of a meeting or text."""
        asked = self._consents.get((_type_of(subject), subject.pk), [])
        return next((one for one in reversed(asked) if one.matter in matters), None)

    @cached_property
    def _consents(self) -> dict[tuple[int, int], list[Consent]]:
        """All about those meetings and texts, oldest first, by what they are about."""
        about = Q()
        for model, rows in ((Meeting, self.meetings), (MeetingText, self.texts)):
            about |= Q(subject_type=_type_of(model), subject_id__in=[row.pk for row in rows])
        found: dict[tuple[int, int], list[Consent]] = {}
        for consent in Consent.objects.filter(about).prefetch_related("answers").order_by("pk"):
            found.setdefault((consent.subject_type_id, consent.subject_id), []).append(consent)
        return found

    def limits(self, rule: str) -> dict[int, Deadline]:
        """The open time limits of a rule by what they bind, the earliest of several."""
        return {one.subject_id: one for one in reversed(self._limits) if one.rule == rule}

    @cached_property
    def _limits(self) -> list[Deadline]:
        rows = Deadline.objects.open().filter(
            rule__in=(DUTY, MINUTES_RULE), jurisdiction__in=self.mine.jurisdictions
        )
        return list(rows.order_by("due_on"))


def _type_of(subject: Model | type[Model]) -> int:
    return ContentType.objects.get_for_model(subject).pk

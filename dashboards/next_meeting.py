"""The two answers in the margin of the workbench: the next meeting, and whose turn it is."""

from dataclasses import dataclass
from datetime import date

from foundations.access.policy import visible_to
from meetings.models import Meeting
from meetings.states import HELD, MeetingKind, MeetingState, ReceiptState
from services.deadlines.models import Deadline

FIRM = (MeetingState.COLLECTING, MeetingState.NOTIFIED)
TURNS_SHOWN = 6


@dataclass(frozen=True)
class NextMeeting:
    meeting: Meeting
    invited: int
    answered: int


@dataclass(frozen=True)
class NextRegular:
    """`turns` are the last regular meetings and, at the end, the next one."""

    meeting: Meeting
    duty: Deadline | None
    turns: tuple[Meeting, ...]


def next_meeting(user, on: date) -> NextMeeting | None:
    """The nearest meeting whose day is agreed, with its receipts."""
    meeting = (
        visible_to(user, Meeting)
        .filter(state__in=FIRM, planned_on__gte=on)
        .select_related("mechanism", "host_organization")
        .order_by("planned_on", "pk")
        .first()
    )
    if meeting is None:
        return None
    receipts = list(meeting.invitations.values_list("receipt", flat=True))
    answered = sum(receipt != ReceiptState.NONE for receipt in receipts)
    return NextMeeting(meeting, len(receipts), answered)


def next_regular(user, on: date) -> NextRegular | None:
    """The next regular meeting, the duty's own clock, and the turns up to it."""
    regular = visible_to(user, Meeting).filter(kind=MeetingKind.REGULAR)
    upcoming = (
        regular.ahead()
        .filter(planned_on__gte=on)
        .select_related("mechanism__jurisdiction", "host_organization")
        .order_by("ordinal")
        .first()
    )
    if upcoming is None:
        return None
    past = regular.filter(state__in=HELD, mechanism=upcoming.mechanism).order_by("-held_on")
    turns = (*reversed(past[:TURNS_SHOWN]), upcoming)
    duty = Deadline.objects.open().filter(rule="MT-REG").about(upcoming.mechanism).first()
    return NextRegular(upcoming, duty, turns)

"""The two answers in the margin of the workbench: the next meeting, and whose turn it is."""

from dataclasses import dataclass

from foundations.access.policy import visible_to
from meetings.models import Meeting
from meetings.states import DUTY, MeetingKind, MeetingState, ReceiptState
from meetings.work.reading import Reading
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


def next_meeting(reading: Reading) -> NextMeeting | None:
    """The nearest meeting whose day is agreed, with its receipts."""
    firm = (one for one in reading.meetings if one.state in FIRM and one.planned_on >= reading.on)
    meeting = next(firm, None)
    if meeting is None:
        return None
    receipts = list(meeting.invitations.values_list("receipt", flat=True))
    answered = sum(receipt != ReceiptState.NONE for receipt in receipts)
    return NextMeeting(meeting, len(receipts), answered)


def next_regular(reading: Reading) -> NextRegular | None:
    """The next regular meeting, the duty's own clock, and the turns up to it."""
    regular = (
        one
        for one in reading.meetings
        if one.kind == MeetingKind.REGULAR and one.is_ahead and one.planned_on >= reading.on
    )
    upcoming = next(regular, None)
    if upcoming is None:
        return None
    past = visible_to(reading.user, Meeting).filter(mechanism=upcoming.mechanism_id)
    held = past.regular().held().order_by("-held_on")[:TURNS_SHOWN]
    duty = reading.limits(DUTY).get(upcoming.series_id)
    return NextRegular(upcoming, duty, (*reversed(held), upcoming))

"""The end of a meeting's course: closed by an officer, or by itself once all is done."""

from datetime import datetime

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action
from meetings.actions.steps import day_of, locked, move
from meetings.models import Meeting
from meetings.states import MeetingState


@action
def close_meeting(
    meeting_id: int, *, actor: Actor, at: datetime, reason: str = "", version: int | None = None
) -> Meeting:
    """Close a meeting whose minutes are issued; while resolutions run, with a reason.

    Closing does not end them: they are followed up all the same.
    """
    meeting = locked(meeting_id)
    policy_for(Meeting).require(actor, "record", meeting)
    meeting.require_version(version)
    if meeting.state == MeetingState.CONFIRMED and not meeting.minutes_issued:
        raise RuleBroken("minutes_not_issued", _("Issue the minutes before closing the meeting."))
    if meeting.resolutions.open().exists() and not reason.strip():
        raise RuleBroken(
            "reason_missing",
            _("Some resolutions are still in progress. Say why the meeting is closed."),
            field="reason",
        )
    meeting.closed_reason = reason.strip()
    closed_on = day_of(at).isoformat()
    move(meeting, MeetingState.CLOSED, actor, reason=meeting.closed_reason, closed_on=closed_on)
    return meeting


def close_if_done(meeting: Meeting, actor: Actor) -> None:
    """Close the meeting by itself once its minutes are issued and nothing is left open."""
    if (
        meeting.state == MeetingState.CONFIRMED
        and meeting.minutes_issued
        and not meeting.resolutions.open().exists()
    ):
        move(meeting, MeetingState.CLOSED, actor)

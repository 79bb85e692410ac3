"""The first and the last line of every action on a meeting: lock it, move it."""

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.audit.trail import record
from meetings.models import Meeting
from meetings.states import MEETING_MOVES, MeetingState


def locked(meeting_id: int) -> Meeting:
    """The meeting, locked until the transaction ends."""
    return (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("mechanism__jurisdiction")
        .get(pk=meeting_id)
    )


def move(meeting: Meeting, to: str, actor, **data) -> None:
    """Change the state, or raise RuleBroken("bad_transition"); writes the audit entry."""
    before = MeetingState(meeting.state)
    if to not in MEETING_MOVES[before]:
        raise RuleBroken(
            "bad_transition",
            _("A meeting that is “%(before)s” cannot become “%(to)s”.")
            % {"before": before.label, "to": MeetingState(to).label},
        )
    meeting.state = to
    meeting.store()
    record(actor, f"meetings.meeting.{to}", meeting, before=before.value, **data)

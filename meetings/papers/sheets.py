"""Working sheets of a meeting: 签到表, 议题征集单, 会议回执."""

from datetime import date

from mechanisms.profile import get_profile
from meetings.models import Invitation, Meeting
from meetings.papers.agenda import SIDE_NAMES, chinese_day, when

TOPIC_FORM_LINES = 5


def attendance_context(meeting: Meeting) -> dict:
    """The sheet that is signed at the door, in the order of the list of invitees."""
    rows = [
        {
            "n": n,
            "side": "" if one.is_guest else SIDE_NAMES.get(one.side, ""),
            "name": one.name,
            "unit_title": one.unit_and_title,
            "signature": "",
        }
        for n, one in enumerate(meeting.invitations.for_listing(), start=1)
    ]
    return {
        "title": f"{meeting.title}签到表",
        "time": when(meeting),
        "place": meeting.place,
        "rows": rows,
    }


def topic_form_context(meeting: Meeting) -> dict:
    """The empty form on which members give in topics."""
    rules = get_profile(meeting.mechanism, meeting.planned_on).meeting
    kinds = "、".join(kind.label for kind in rules.topic_types)
    return {
        "meeting": meeting.title,
        "due": chinese_day(meeting.topics_due_on) if meeting.topics_due_on else "",
        "kinds": kinds,
        "rows": [{"n": n} for n in range(1, TOPIC_FORM_LINES + 1)],
    }


def receipt_context(invitation: Invitation, *, due: date) -> dict:
    """The slip of one invitee, with what is known of them."""
    meeting = invitation.meeting
    return {
        "meeting": meeting.title,
        "time": when(meeting),
        "place": meeting.place,
        "name": invitation.name,
        "unit_title": invitation.unit_and_title,
        "due": chinese_day(due),
    }

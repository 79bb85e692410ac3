"""会议讨论意见: what was said, for the participants only (YN-20)."""

from datetime import date

from mechanisms.profile import get_profile
from meetings.models import Meeting, MeetingText, Topic
from meetings.papers import minutes

PAPER_NAME = "讨论意见"


def draft_body(meeting: Meeting) -> dict:
    """Topic by topic what was noted; resolutions are the business of the minutes."""
    said = [_said(topic) for topic in minutes.open_topics(meeting) if topic.discussion.strip()]
    return {"opening": minutes.opening(meeting), "heard": [], "held": said, "resolved": []}


def context(text: MeetingText, on: date) -> dict:
    """That of the minutes, without a list: it is given to nobody else."""
    profile = get_profile(text.meeting.mechanism, on)
    return {
        **minutes.context(text, on),
        "red_head": f"{profile.meeting_title}{PAPER_NAME}",
        "circulation": [],
        "copy_to": "",
    }


def _said(topic: Topic) -> str:
    lines = [line.strip() for line in topic.discussion.splitlines() if line.strip()]
    return f"关于{minutes.quoted(topic.title)}：{' '.join(lines)}"

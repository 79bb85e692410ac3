from meetings.models.activities import (
    Activity,
    ActivityInvitation,
    ActivityOpinion,
    ActivityReport,
    Attendee,
    ReviewedFile,
)
from meetings.models.invitations import Invitation, SideNotice
from meetings.models.meetings import Meeting, MeetingSeries, RecorderDraft
from meetings.models.resolutions import ProgressReport, Resolution
from meetings.models.texts import MeetingText, TextDraft
from meetings.models.topics import ConfidentialReader, Topic

__all__ = [
    "Activity",
    "ActivityInvitation",
    "ActivityOpinion",
    "ActivityReport",
    "Attendee",
    "ConfidentialReader",
    "Invitation",
    "Meeting",
    "MeetingSeries",
    "MeetingText",
    "ProgressReport",
    "RecorderDraft",
    "Resolution",
    "ReviewedFile",
    "SideNotice",
    "TextDraft",
    "Topic",
]

from meetings.models.invitations import Invitation, SideNotice
from meetings.models.meetings import Meeting, MeetingSeries, RecorderDraft
from meetings.models.resolutions import ProgressReport, Resolution
from meetings.models.texts import MeetingText, TextDraft
from meetings.models.topics import ConfidentialReader, Topic

__all__ = [
    "ConfidentialReader",
    "Invitation",
    "Meeting",
    "MeetingSeries",
    "MeetingText",
    "ProgressReport",
    "RecorderDraft",
    "Resolution",
    "SideNotice",
    "TextDraft",
    "Topic",
]

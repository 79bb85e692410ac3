"""研讨共识: what both sides stand by in public; nothing of pending or confidential matters."""

from datetime import date

from mechanisms.queries import parties
from meetings.models import Meeting, MeetingText
from meetings.papers import minutes
from meetings.states import TopicOutcome

PAPER_NAME = "研讨共识"


def draft_body(meeting: Meeting) -> dict:
    topics = [topic for topic in minutes.open_topics(meeting) if not topic.pending_case]
    agreed = minutes.of_outcome(topics, TopicOutcome.OPINION)
    return {
        "opening": "",
        "heard": [],
        "held": [minutes.held(topic) for topic in agreed],
        "resolved": [],
    }


def context(text: MeetingText, on: date) -> dict:
    body = text.body
    return {
        "title": text.title,
        "number": "",
        "issuers": [party.lead.name for party in parties(text.meeting.mechanism)],
        "paragraphs": [line for line in (body["opening"], *body["held"]) if line],
        "date": minutes.long_date(on),
    }

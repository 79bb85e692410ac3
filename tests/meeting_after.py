"""What follows a meeting that was held, for tests: its texts on their way, its resolutions."""

from datetime import date, datetime

from meetings.actions.issuing import issue_text
from meetings.actions.reports import report_progress
from meetings.actions.texts import answer_text, draft_text, propose_text
from meetings.models import Meeting, MeetingText, ProgressReport, Resolution
from tests.city import City
from tests.meeting_day import held
from tests.sitting import moment

WRITTEN = moment(date(2026, 11, 26), 16)
"""Two days after the meeting, when its texts are written."""
CHECKED = moment(date(2026, 12, 10), 9)
"""In December, before its resolutions are due."""


def drafted(city: City, kind: str = "minutes", **given) -> MeetingText:
    meeting = held(city, **given).meeting
    return draft_text(meeting.pk, kind, actor=city.users["court_officer"], at=WRITTEN)


def proposed(city: City, kind: str = "minutes") -> MeetingText:
    return propose_text(drafted(city, kind).pk, actor=city.users["court_officer"], at=WRITTEN)


def agreed_to(city: City, text: MeetingText, *, at: datetime = WRITTEN) -> MeetingText:
    """The text that the court put forward, confirmed by the government."""
    officer = city.users["gov_officer"]
    return answer_text(text.pk, side="government", actor=officer, at=at, verdict="agree")


def confirmed(city: City, kind: str = "minutes") -> MeetingText:
    return agreed_to(city, proposed(city, kind))


def issued(city: City, kind: str = "minutes") -> MeetingText:
    text = proposed(city, kind) if kind == "opinion" else confirmed(city, kind)
    return issue_text(text.pk, actor=city.users["court_officer"], at=WRITTEN)


def with_issued_minutes(city: City, meeting: Meeting) -> Meeting:
    """The meeting with its minutes drafted, confirmed by both sides and issued in December."""
    officer = city.users["court_officer"]
    text = draft_text(meeting.pk, "minutes", actor=officer, at=CHECKED)
    propose_text(text.pk, actor=officer, at=CHECKED)
    agreed_to(city, text, at=CHECKED)
    issue_text(text.pk, actor=officer, at=CHECKED)
    return Meeting.objects.get(pk=meeting.pk)


def running(city: City, **given) -> Resolution:
    """The first resolution of a meeting that was held."""
    return held(city, **given).meeting.resolutions.order_by("order").first()


def reported(
    city: City, resolution: Resolution, *, at: datetime = CHECKED, done=True, text="已印发"
) -> ProgressReport:
    agency = city.users["agency_contact"]
    return report_progress(resolution.pk, actor=agency, at=at, text=text, done=done)

"""The calendar entry (.ics) of an invitation, as a file and as a part of its mails.

The UID of a meeting never changes; SEQUENCE rises with every renewal, so that calendars
update the one entry and, on a cancellation, take it back (RFC 5546).
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from foundations.notifications.mail import parts
from mechanisms.queries import party
from meetings.models import Invitation, Meeting
from meetings.policy.topics import known_topics
from meetings.states import MeetingState
from members.models import User

ZONE = ZoneInfo("Asia/Shanghai")
LENGTH = timedelta(hours=2)
MORNING = time(9, 0)


def calendar_of(meeting: Meeting, reader: User, *, at: datetime) -> bytes:
    """The meeting as an iCalendar file for one reader, who finds on it what they may know."""
    cancelled = meeting.state == MeetingState.CANCELLED
    calendar = Calendar()
    calendar.add("prodid", "-//liaison portal//meetings//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if cancelled else "REQUEST")
    calendar.add_component(_event(meeting, reader, at))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def invitation_parts(invitation: Invitation, recipient: User) -> list[tuple[str, str, bytes]]:
    """What every mail about an invitation carries; see `foundations.notifications.mail`."""
    meeting = invitation.meeting
    method = "CANCEL" if meeting.state == MeetingState.CANCELLED else "REQUEST"
    media_type = f"text/calendar; method={method}; charset=utf-8"
    return [("meeting.ics", media_type, calendar_of(meeting, recipient, at=timezone.now()))]


def _event(meeting: Meeting, reader: User, at: datetime) -> Event:
    cancelled = meeting.state == MeetingState.CANCELLED
    start = datetime.combine(meeting.planned_on, meeting.starts_at or MORNING, tzinfo=ZONE)
    event = Event()
    event.add("uid", f"{meeting.public_id}@portal")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", at)
    event.add("dtstart", start)
    event.add("dtend", start + LENGTH)
    event.add("summary", meeting.title)
    event.add("location", meeting.place)
    event.add("description", _description(meeting, reader))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("url", settings.SITE_URL.rstrip("/") + meeting.get_absolute_url())
    event.add("organizer", _address(settings.DEFAULT_FROM_EMAIL, _host(meeting)), encode=False)
    if reader.email:
        event.add("attendee", _address(reader.email, str(reader)), encode=False)
    return event


def _address(mail: str, name: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{mail}")
    address.params["cn"] = vText(name)
    return address


def _host(meeting: Meeting) -> str:
    return (meeting.host_organization or party(meeting.mechanism, meeting.host).lead).name


def _description(meeting: Meeting, reader: User) -> str:
    """The agenda as far as the reader may know it (YN-21)."""
    topics = meeting.topics.on_agenda().order_by("order", "pk")
    known = set(known_topics(reader, topics).values_list("pk", flat=True))
    if not known:
        return ""
    unnamed = _("Internal confidential topic")
    titles = (topic.title if topic.pk in known else unnamed for topic in topics)
    return "\n".join(f"{n}. {title}" for n, title in enumerate(titles, start=1))


parts[Invitation] = invitation_parts

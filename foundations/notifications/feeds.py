"""A person's calendar, read by programs at a secret address; the rooms above fill it.

Words: what a mail about the same record would say in its subject, and no more, for the
file lies in calendars outside the portal.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass, field
from datetime import date, datetime, timedelta

from django.conf import settings
from icalendar import Alarm, Calendar, Event

from foundations.audit.actor import User
from foundations.notifications.actions import digest_of
from foundations.notifications.models import Feed
from foundations.notifications.readers import may_read

BACK = timedelta(days=31)
AHEAD = timedelta(days=400)
AGAIN = timedelta(hours=1)


@dataclass(frozen=True)
class Entry:
    """One event. A `start` without a time is a whole day; with one it has a zone.

    `uid` never changes; `sequence` rises with each change. `alarms` are told from `start`.
    """

    uid: str
    sequence: int
    summary: str
    start: date | datetime
    path: str
    length: timedelta = timedelta(days=1)
    place: str = ""
    cancelled: bool = False
    alarms: tuple[timedelta, ...] = field(default=())


@dataclass(frozen=True)
class Window:
    """What a calendar shows when it is read on a day; all days inclusive."""

    on: date

    @property
    def since(self) -> date:
        return self.on - BACK

    @property
    def until(self) -> date:
        return self.on + AHEAD


# feeds[name] = callable(user, window) -> the user's entries
Source = Callable[[User, Window], Iterable[Entry]]
feeds: dict[str, Source] = {}


def feed_of(secret: str, on: date) -> Feed | None:
    """The feed with this address; None if it was withdrawn, or its account may not be in."""
    feed = Feed.objects.select_related("user").filter(digest=digest_of(secret)).first()
    return feed if feed and may_read(feed.user, on) else None


def entries_of(user: User, on: date) -> list[Entry]:
    """All that the rooms know for `user` around `on`."""
    window = Window(on)
    return [entry for source in feeds.values() for entry in source(user, window)]


def tag_of(entries: list[Entry]) -> str:
    """A weak ETag: the same for the same entries, whenever the file was written."""
    words = repr([astuple(entry) for entry in entries])
    return f'W/"{hashlib.sha256(words.encode()).hexdigest()[:32]}"'


def calendar_of(entries: list[Entry], *, at: datetime) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//liaison portal//feed//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", settings.SITE_NAME)
    calendar.add("refresh-interval", AGAIN, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for entry in entries:
        calendar.add_component(_event(entry, at))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(entry: Entry, at: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", at)
    event.add("dtstart", entry.start)
    event.add("dtend", entry.start + entry.length)
    event.add("summary", entry.summary)
    event.add("url", settings.SITE_URL.rstrip("/") + entry.path)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if entry.place:
        event.add("location", entry.place)
    if not isinstance(entry.start, datetime):
        event.add("transp", "TRANSPARENT")
    for before in () if entry.cancelled else entry.alarms:
        event.add_component(_alarm(entry, before))
    return event


def _alarm(entry: Entry, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.summary)
    alarm.add("trigger", before)
    return alarm

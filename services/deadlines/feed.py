"""A person's open time limits as entries of the own calendar."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from foundations.audit.trail import label_of
from foundations.calendars.working_days import WorkCalendar
from foundations.notifications.feeds import Entry, Window
from members.models import User
from services.deadlines.digests import own_limits
from services.deadlines.models import Deadline
from services.deadlines.policy import with_opens
from services.deadlines.wording import neutral_name

MOST = 500
ONE_DAY = timedelta(days=1)
AT_NINE = timedelta(hours=9)


def limits_of(user: User, window: Window) -> Iterator[Entry]:
    """What the user has to see to, however long it is overdue; the limits of the digest."""
    own = Deadline.objects.duties().filter(own_limits(user, window.on), due_on__lte=window.until)
    rows = with_opens(user, own.select_related("jurisdiction", "owed_by"))
    rows = rows.prefetch_related("subject")
    calendars: dict[int, WorkCalendar] = {}
    for limit in rows.order_by("due_on", "pk")[:MOST]:
        if limit.jurisdiction_id not in calendars:
            calendars[limit.jurisdiction_id] = limit.jurisdiction.calendar
        yield Entry(
            uid=f"limit-{limit.public_id}@portal",
            sequence=limit.version,
            summary=_words(limit),
            start=limit.due_on,
            path=reverse("deadlines:record", args=[limit.public_id]),
            alarms=_alarms(limit.due_on, calendars[limit.jurisdiction_id]),
        )


def _words(limit: Any) -> str:
    """Of a record whose words are closed, the name that the trail has for it."""
    if not limit.opens:
        return neutral_name(limit)
    if getattr(limit.subject, "audit_closed", False):
        return label_of(limit.subject)
    return limit.title


def _alarms(due_on: date, calendar: WorkCalendar) -> tuple[timedelta, ...]:
    """At nine on the working day before, and on the day."""
    before = calendar.previous_workday(due_on - ONE_DAY)
    return before - due_on + AT_NINE, AT_NINE

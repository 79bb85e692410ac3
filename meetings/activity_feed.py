"""Joint activities as entries of a person's own calendar, and as a file to take away."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q

from foundations.access.policy import visible_to
from foundations.notifications.feeds import Entry, Window
from meetings.invitation_mail import ZONE
from meetings.models import Activity, ActivityInvitation
from meetings.states import ActivityState, AnswerState
from members.models import User
from members.standing import standing

MOST = 200
ONE_DAY = timedelta(days=1)
TWO_HOURS = timedelta(hours=2)
SHOWN = (ActivityState.ANNOUNCED, ActivityState.HELD, ActivityState.CANCELLED)


def activities_of(user: User, window: Window) -> Iterator[Entry]:
    """What the user's units host, and what they are asked to and did not decline. One that
    was called off after it was announced stays, as cancelled."""
    units = standing(user, window.on).organizations
    asked = ActivityInvitation.objects.filter(organization__in=units, told_at__isnull=False)
    asked = asked.exclude(answer=AnswerState.DECLINED)
    shared = Activity.co_hosts.through.objects.filter(organization__in=units)
    own = Q(host__in=units) | Q(pk__in=shared.values("activity"))
    rows = visible_to(user, Activity).filter(
        own | Q(pk__in=asked.values("activity")),
        state__in=SHOWN,
        announced_at__isnull=False,
        on__range=(window.since, window.until),
    )
    for activity in rows.order_by("on", "pk")[:MOST]:
        yield entry_of(activity)


def entry_of(activity: Activity) -> Entry:
    """An activity that has a day; of several days, or without an hour, it takes whole days."""
    days = ((activity.until or activity.on) - activity.on).days + 1
    timed = activity.starts_at is not None and days == 1
    start = activity.on
    if timed:
        start = datetime.combine(activity.on, activity.starts_at, tzinfo=ZONE)
    return Entry(
        uid=f"{activity.public_id}@portal",
        sequence=activity.sequence,
        summary=activity.title,
        start=start,
        path=activity.get_absolute_url(),
        length=TWO_HOURS if timed else days * ONE_DAY,
        place=activity.place,
        cancelled=activity.state == ActivityState.CANCELLED,
        alarms=(-ONE_DAY,),
    )

"""Meetings for tests: a running plan, a meeting whose day is agreed. Through actions only."""

from datetime import date, datetime, time

from django.utils import timezone

from meetings.actions.days import answer_day, propose_day
from meetings.actions.planning import plan_until, start_series
from meetings.models import Meeting, MeetingSeries
from tests.city import City

ORIGIN = date(2026, 1, 12)


def moment(day: date, hour: int = 10) -> datetime:
    """That hour of the day, in Beijing."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def planned_series(city: City, *, until: date, origin: date = ORIGIN, host="government"):
    """The regular meetings from the origin to `until`, as planned on the origin."""
    series: MeetingSeries = start_series(
        city.mechanism.pk, actor=None, at=moment(origin), origin_on=origin, first_host=host
    )
    plan_until(series.pk, actor=None, at=moment(origin), until=until)
    return series


def agreed(city: City, meeting: Meeting, *, day: date, at: datetime) -> Meeting:
    """The meeting with its day proposed by the government and agreed to by the court."""
    consent = propose_day(
        meeting.pk,
        actor=city.users["gov_officer"],
        at=at,
        day=day,
        starts_at=time(9, 30),
        place="市人民法院三楼会议室",
    )
    answer_day(consent.pk, actor=city.users["court_officer"], at=at, verdict="agree")
    return Meeting.objects.get(pk=meeting.pk)

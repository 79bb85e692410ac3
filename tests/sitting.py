"""Meetings for tests: a running plan, a meeting whose day is agreed. Through actions only."""

from datetime import date, datetime, time

from django.utils import timezone

from foundations.audit.trail import acting
from meetings.actions.days import answer_day, propose_day
from meetings.actions.planning import plan_until, start_series
from meetings.models import Meeting, MeetingSeries, Topic
from meetings.states import TopicState
from services.consents.models import Consent
from tests.city import City

ORIGIN = date(2026, 1, 12)
PLACE = "市人民法院三楼会议室"


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


def fresh(meeting: Meeting) -> Meeting:
    return Meeting.objects.get(pk=meeting.pk)


def in_state(meeting: Meeting, state: str, **fields) -> Meeting:
    """The meeting as if it had come to that state; a held one on its planned day."""
    row = fresh(meeting)
    with acting():
        row.state = state
        row.held_on = row.planned_on if row.is_held else None
        for name, value in fields.items():
            setattr(row, name, value)
        row.store()
    return row


def proposed(
    city: City, meeting: Meeting, *, day: date, at: datetime, who: str = "gov_officer"
) -> Consent:
    """That day put to the other side."""
    return propose_day(
        meeting.pk, actor=city.users[who], at=at, day=day, starts_at=time(9, 30), place=PLACE
    )


def agreed(city: City, meeting: Meeting, *, day: date, at: datetime) -> Meeting:
    """The meeting with its day proposed by the government and agreed to by the court."""
    consent = proposed(city, meeting, day=day, at=at)
    answer_day(consent.pk, actor=city.users["court_officer"], at=at, verdict="agree")
    return fresh(meeting)


def topic_on_agenda(city: City, meeting: Meeting) -> Topic:
    return Topic.objects.create(
        meeting=meeting,
        kind="problem",
        title="限期拆除告知程序",
        organization=city.organizations["justice"],
        state=TopicState.ACCEPTED,
    )

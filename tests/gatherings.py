"""Meetings in a wanted state for tests of topics, invitations, notices and receipts.

Rows that a test isn't about are written directly; what it is about goes through actions.
"""

from datetime import date, datetime, time, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from meetings.actions import confidential, topics
from meetings.actions.notices import issue_notice
from meetings.models import Meeting
from meetings.states import MeetingKind, MeetingState

ON = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.get_default_timezone())
DAY = date(2026, 12, 15)
OPINION = "建议统一限期拆除前的催告程序。"


def make_meeting(city, **given) -> Meeting:
    """A regular meeting whose day is agreed and that collects topics."""
    values = {
        "mechanism": city.mechanism,
        "kind": MeetingKind.REGULAR,
        "title": "行政复议与行政诉讼联席会议2026年第6次会议",
        "state": MeetingState.COLLECTING,
        "planned_on": DAY,
        "day_agreed_at": AT,
        "starts_at": time(9, 30),
        "place": "市人民法院三楼会议室",
        "host": "court",
        "hosts": ["court"],
        "host_organization": city.organizations["court"],
        "topics_due_on": date(2026, 12, 1),
    }
    return Meeting.objects.create(**{**values, **given})


def held_meeting(city, **given) -> Meeting:
    earlier = {
        "title": "行政复议与行政诉讼联席会议2026年第5次会议",
        "state": MeetingState.HELD,
        "planned_on": date(2026, 10, 15),
        "held_on": date(2026, 10, 15),
    }
    return make_meeting(city, **{**earlier, **given})


def words(city, **given) -> dict:
    """The fields of a good topic."""
    return {
        "kind": "problem",
        "title": "限期拆除告知程序的把握",
        "opinion": OPINION,
        "presenter_name": "林浩然",
        **given,
    }


def topic_form(city, **given) -> dict:
    """What a browser sends for a good topic."""
    return {
        **words(city),
        "organization": city.organizations["justice"].pk,
        "minutes_planned": 15,
        **given,
    }


def submit(city, meeting, by="gov_officer", unit="justice", at=AT, **given):
    return topics.submit(
        meeting.pk,
        actor=city.users[by],
        at=at,
        organization=city.organizations[unit],
        **words(city, **given),
    )


def text_file(name="说明.txt", content="限期拆除案件情况说明") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode(), content_type="text/plain")


def add_material(city, topic, by="gov_officer", **given):
    return topics.add_material(
        topic.pk, actor=city.users[by], at=AT, upload=text_file(), declared=True, **given
    )


def on_agenda(city, meeting, by="gov_officer", unit="justice", **given):
    """A topic with material that is on the agenda."""
    topic = submit(city, meeting, by=by, unit=unit, **given)
    add_material(city, topic, by=by)
    return topics.accept(topic.pk, actor=city.users[by], at=AT)


def name(city, topic, *keys, by="gov_officer"):
    """Make exactly these people the named readers of a confidential topic."""
    users = [city.users[key] for key in keys]
    return confidential.name_readers(topic.pk, actor=city.users[by], at=AT, users=users)


def sign(city, topic, key, at=AT):
    return confidential.sign_undertaking(topic.pk, actor=city.users[key], at=at)


def notify(city, meeting, by="gov_officer", side="government", on=ON, at=AT):
    return issue_notice(meeting.pk, side=side, actor=city.users[by], on=on, at=at)


def notified_meeting(city, **given) -> Meeting:
    """A meeting with one topic of which both sides have notified their people."""
    meeting = make_meeting(city, **given)
    on_agenda(city, meeting)
    notify(city, meeting)
    notify(city, meeting, by="court_officer", side="court")
    meeting.refresh_from_db()
    return meeting


def invitation_of(city, meeting, key):
    return meeting.invitations.get(person=city.people[key])


def later(**delta) -> datetime:
    return AT + timedelta(**delta)

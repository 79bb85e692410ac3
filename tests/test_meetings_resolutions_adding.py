"""A resolution that was left out at the meeting is added while the minutes can take it in."""

from datetime import date

import pytest
import time_machine

from foundations.access.errors import RuleBroken
from foundations.audit.trail import history_of
from foundations.notifications.models import Notice
from meetings.actions.afterwards import add_after_meeting
from meetings.actions.texts import propose_text
from meetings.models import Meeting, MeetingText, Resolution, Topic
from meetings.states import MeetingState, TextState
from services.consents.models import Consent
from services.deadlines.models import Deadline
from tests.desks import items
from tests.meeting_after import WRITTEN, agreed_to, confirmed, drafted, issued, proposed
from tests.meeting_day import address, begun, held

pytestmark = pytest.mark.django_db
DUE = date(2026, 12, 31)
LEFT_OUT = "梳理涉企处罚案件清单"


@pytest.fixture(autouse=True)
def _two_days_later():
    with time_machine.travel(WRITTEN, tick=False):
        yield


def added(city, meeting: Meeting, *, by="recorder", topic: Topic | None = None) -> Resolution:
    return add_after_meeting(
        meeting.pk,
        actor=city.users.get(by),
        at=WRITTEN,
        topic=topic,
        text=LEFT_OUT,
        lead=city.organizations["agency"],
        due_on=DUE,
    )


def typed(**other) -> dict:
    return {"text": LEFT_OUT, "lead": "市综合执法局", "due_on": DUE.isoformat(), **other}


def test_what_was_left_out_is_added_and_runs_at_once(city, as_user):
    sitting = held(city)
    meeting, topic = sitting.meeting, sitting.topics["case"]
    client = as_user(city.users["recorder"])

    offered = client.get(meeting.get_absolute_url()).content.decode()
    opened = client.get(address("resolution-add", meeting))
    page = client.post(
        address("resolution-add", meeting), typed(support="市司法局", topic=topic.public_id)
    )

    assert "补记议定事项" in offered
    assert (opened.status_code, page.status_code) == (200, 302)
    resolution = meeting.resolutions.get(text=LEFT_OUT)
    assert (resolution.state, resolution.topic, resolution.order) == ("open", topic, 2)
    assert list(resolution.support.all()) == [city.organizations["justice"]]
    limit = Deadline.objects.about(resolution).get()
    assert (limit.owed_by, limit.trigger_on, limit.due_on) == (
        city.organizations["agency"],
        WRITTEN.date(),
        DUE,
    )
    assert history_of(resolution).first().action == "meetings.resolution.added"
    desk = items(city.users["agency_contact"], WRITTEN.date())
    assert [(one.group, one.day) for one in desk if one.title == LEFT_OUT] == [("todo", DUE)]


@pytest.mark.parametrize(
    ("who", "status"),
    [("recorder", 200), ("gov_officer", 200), ("gov_convenor", 403), ("system_admin", 404)],
)
def test_who_adds_one(city, as_user, who, status):
    meeting = held(city).meeting

    page = as_user(city.users[who]).get(address("resolution-add", meeting))

    assert page.status_code == status


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": ""}, "text"),
        ({"lead": "市民政局"}, "lead"),
        ({"due_on": "2026-11-25"}, "due_on"),
        ({"topic": "someone-elses"}, "topic"),
    ],
)
def test_what_adding_one_needs(city, as_user, wrong, field):
    meeting = held(city).meeting

    page = as_user(city.users["recorder"]).post(address("resolution-add", meeting), typed(**wrong))

    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert meeting.resolutions.count() == 1


def test_a_form_sent_twice_adds_one(city, as_user):
    meeting = held(city).meeting
    client = as_user(city.users["recorder"])

    first = client.post(address("resolution-add", meeting), typed())
    second = client.post(address("resolution-add", meeting), typed())

    assert (first.status_code, second.status_code) == (302, 422)
    assert meeting.resolutions.filter(text=LEFT_OUT).count() == 1


def test_a_draft_of_the_minutes_takes_it_in(city):
    text = drafted(city)

    added(city, text.meeting)

    text.refresh_from_db()
    assert [line["text"] for line in text.body["resolved"]][1:] == [LEFT_OUT]
    assert (text.state, text.draft) == (TextState.DRAFT, 1)


@pytest.mark.parametrize("stage", [proposed, confirmed])
def test_minutes_before_the_sides_come_back_to_be_confirmed_anew(city, stage):
    text = stage(city)

    added(city, text.meeting)

    text = MeetingText.objects.get()
    assert (text.state, text.draft) == (TextState.DRAFT, 2)
    assert text.meeting.state == MeetingState.DRAFTED
    assert not Consent.objects.filter(state="open").exists()
    told = Notice.objects.filter(reason="anew:2").values_list("recipient__username", flat=True)
    assert set(told) == {"gov_officer", "court_officer"}
    propose_text(text.pk, actor=city.users["court_officer"], at=WRITTEN)
    again = agreed_to(city, text)
    assert (again.state, again.meeting.state) == (TextState.CONFIRMED, MeetingState.CONFIRMED)
    assert [line["text"] for line in again.body["resolved"]][1:] == [LEFT_OUT]


def test_what_was_decided_on_a_confidential_topic_leaves_the_minutes_alone(city):
    text = drafted(city)
    Topic.objects.filter(kind="advice").update(confidential=True)
    topic = Topic.objects.get(kind="advice")

    resolution = added(city, text.meeting, by="the portal", topic=topic)

    text.refresh_from_db()
    assert resolution.closed
    assert LEFT_OUT not in str(text.body)
    assert LEFT_OUT not in str(list(history_of(resolution).values_list("data", flat=True)))


def test_once_the_minutes_are_issued_it_belongs_to_the_next_meeting(city, as_user):
    meeting = issued(city).meeting
    client = as_user(city.users["court_officer"])

    offered = client.get(meeting.get_absolute_url()).content.decode()
    page = client.post(address("resolution-add", meeting), typed())

    assert "补记议定事项" not in offered
    assert page.status_code == 422
    assert "会议纪要已印发，不能再补记；留待下次会议议定。" in page.content.decode()
    assert not meeting.resolutions.filter(text=LEFT_OUT).exists()


def test_before_the_end_of_the_meeting_it_is_noted_on_the_recorders_screen(city):
    meeting = begun(city).meeting

    with pytest.raises(RuleBroken) as broken:
        added(city, meeting)

    assert broken.value.code == "not_held"

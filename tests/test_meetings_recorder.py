"""The recorder's screen: who opens it, what it shows, attendance."""

import pytest

from foundations.audit.trail import history_of
from meetings.actions.noting import add_resolution
from meetings.actions.receipts import mark_attendance
from meetings.actions.session import (
    open_topic,
)
from meetings.models import Topic
from meetings.states import (
    AttendanceState,
    TopicOutcome,
)
from services.documents.attachments import attach
from tests.desks import items
from tests.gatherings import name, sign, text_file
from tests.meeting_day import BEGIN, DAY, DUE, ON_THE_DAY, address, begun, complete, held

pytestmark = pytest.mark.django_db
SCREEN_QUERIES = 24


@ON_THE_DAY
@pytest.mark.parametrize(
    ("who", "status"),
    [("gov_officer", 200), ("recorder", 200), ("gov_convenor", 403), ("system_admin", 404)],
)
def test_who_opens_the_screen(city, as_user, who, status):
    meeting = begun(city).meeting

    assert as_user(city.users[who]).get(address("recorder", meeting)).status_code == status


@ON_THE_DAY
@pytest.mark.parametrize("count", [1, 3])
def test_the_screen_costs_the_same_for_any_number_of_resolutions(
    city, as_user, count, django_assert_num_queries
):
    sitting = complete(begun(city), resolutions=count)
    client = as_user(city.users["court_officer"])
    url = f"{address('recorder', sitting.meeting)}?topic={sitting.topics['case'].public_id}"
    client.get(url)

    with django_assert_num_queries(SCREEN_QUERIES):
        page = client.get(url)

    assert len(page.context["desk"].resolutions) == count


@ON_THE_DAY
def test_the_screen_shows_clock_topics_and_attendance(city, as_user):
    sitting = begun(city)
    client = as_user(city.users["court_officer"])
    officer = city.users["court_officer"]
    mark_attendance(
        sitting.invitations["gov_deputy"].pk,
        actor=officer,
        at=BEGIN,
        state=AttendanceState.PRESENT,
    )

    page = client.get(address("recorder", sitting.meeting)).content.decode()

    assert "00:42:00" in page
    assert "应到 5 人，实到 1 人" in page
    assert "第三季度行政复议、行政诉讼案件情况通报" in page
    assert "⟪missing" not in page


@ON_THE_DAY
def test_a_confidential_topic_has_no_words_for_a_recorder_who_may_not_open_it(city, as_user):
    sitting = begun(city)
    topic = sitting.topics["case"]
    Topic.objects.filter(pk=topic.pk).update(confidential=True, discussion="机要内容")
    client = as_user(city.users["gov_officer"])
    url = f"{address('recorder', sitting.meeting)}?topic={topic.public_id}"

    page = client.get(url).content.decode()
    noted = client.post(address("record-notes", topic), {"text": "改写", "seen": ""})
    concluded = client.post(address("record-outcome", topic), {"outcome": "carried"})

    assert "机要内容" not in page
    assert topic.title not in page
    assert noted.status_code == 403
    assert concluded.status_code == 302
    topic.refresh_from_db()
    assert (topic.discussion, topic.outcome) == ("机要内容", TopicOutcome.CARRIED)


@ON_THE_DAY
def test_the_big_screen_names_no_topic_that_may_name_parties(city, as_user):
    sitting = complete(begun(city))
    case = sitting.topics["case"]
    open_topic(case.pk, actor=city.users["court_officer"], at=BEGIN)
    client = as_user(city.users["court_officer"])

    page = client.get(address("record-wall", sitting.meeting)).content.decode()

    assert case.title not in page
    assert "涉及在审案件的议题，大屏不显示标题" in page
    assert "印发违法建设查处告知程序指引之1" in page
    assert "应先书面告知" not in page


@ON_THE_DAY
def test_the_screen_of_a_held_meeting_leads_to_the_meeting(city, as_user):
    sitting = held(city)

    page = as_user(city.users["court_officer"]).get(address("recorder", sitting.meeting))

    assert page.url == sitting.meeting.get_absolute_url()


@ON_THE_DAY
def test_the_desk_of_a_secretariat_leads_to_the_record(city):
    meeting = begun(city).meeting

    assert [(one.group, one.url) for one in items(city.users["recorder"], DAY)] == [
        ("todo", address("recorder", meeting))
    ]


# -- attendance ----------------------------------------------------------------------------
@ON_THE_DAY
@pytest.mark.parametrize(
    ("typed", "status", "state"),
    [
        ({"state": "present"}, 302, AttendanceState.PRESENT),
        ({"state": "leave"}, 302, AttendanceState.LEAVE),
        ({"state": "substitute"}, 422, AttendanceState.UNKNOWN),
        ({"state": "substitute", "substitute_name": "何家骏"}, 302, AttendanceState.SUBSTITUTE),
    ],
)
def test_marking_attendance_on_the_screen(city, as_user, typed, status, state):
    sitting = begun(city)
    invitation = sitting.invitations["gov_deputy"]

    page = as_user(city.users["recorder"]).post(address("record-attendance", invitation), typed)

    invitation.refresh_from_db()
    assert (page.status_code, invitation.attendance) == (status, state)


# -- what is confidential ----------------------------------------------------------------------
@pytest.fixture
def closed(city):
    """A running meeting with a confidential topic of the government's, and its notes."""
    sitting = begun(city)
    topic = sitting.topics["report"]
    topic.confidential, topic.title, topic.discussion = True, "某案化解底线", "机要内容"
    topic.submitted_by = city.users["gov_officer"]
    topic.store()
    return sitting


def screen_of(sitting, key: str = "report") -> str:
    return f"{address('recorder', sitting.meeting)}?topic={sitting.topics[key].public_id}"


def readings(topic):
    return history_of(topic).filter(action="meetings.topic.read")


@ON_THE_DAY
def test_the_screen_shows_a_confidential_topic_to_readers_who_signed(city, as_user, closed):
    topic, client = closed.topics["report"], as_user(city.users["court_officer"])
    name(city, topic, "court_officer")

    named = client.get(screen_of(closed)).content.decode()
    refused = client.post(address("record-draft", topic), {"text": "改写"})
    unread = readings(topic).exists()
    sign(city, topic, "court_officer")
    signed = client.get(screen_of(closed)).content.decode()

    for words in ("某案化解底线", "机要内容"):
        assert (words in named, words in signed) == (False, True), words
    assert (refused.status_code, unread) == (403, False)
    assert [entry.actor for entry in readings(topic)] == [city.users["court_officer"]]


@ON_THE_DAY
def test_only_the_topic_on_the_screen_is_read(city, as_user, closed):
    as_user(city.users["gov_officer"]).get(screen_of(closed, "case"))

    assert not readings(closed.topics["report"]).exists()
    assert not readings(closed.topics["case"]).exists()


@ON_THE_DAY
def test_a_screen_shown_again_after_a_refusal_is_a_reading(city, as_user, closed):
    topic = closed.topics["report"]

    page = as_user(city.users["gov_officer"]).post(
        address("record-notes", topic), {"text": "另一稿", "seen": "old"}
    )

    assert page.status_code == 409
    assert readings(topic).count() == 1


@ON_THE_DAY
def test_confidential_material_has_no_name_for_a_recorder_who_has_not_signed(
    city, as_user, closed
):
    topic = closed.topics["case"]
    attach(
        topic,
        text_file("底线清单.txt"),
        actor=city.users["court_officer"],
        at=BEGIN,
        jurisdiction=city.jurisdiction,
        declared=True,
        confidential=True,
    )

    before = as_user(city.users["gov_officer"]).get(screen_of(closed, "case")).content.decode()
    topic.readers.create(user=city.users["gov_officer"], signed_at=BEGIN)
    after = as_user(city.users["gov_officer"]).get(screen_of(closed, "case")).content.decode()

    assert ("底线清单" in before, "底线清单" in after) == (False, True)
    assert "内部保密资料" in before


@ON_THE_DAY
def test_the_end_page_is_a_reading_of_what_was_decided_in_confidence(city, as_user, closed):
    topic, officer = closed.topics["report"], city.users["gov_officer"]
    add_resolution(
        closed.meeting.pk,
        actor=officer,
        topic=topic,
        text="按底线方案调解",
        lead=city.organizations["agency"],
        due_on=DUE,
    )

    shown = as_user(officer).get(address("record-end", closed.meeting)).content.decode()
    hidden = as_user(city.users["recorder"]).get(address("record-end", closed.meeting))

    assert "按底线方案调解" in shown
    assert "按底线方案调解" not in hidden.content.decode()
    assert [entry.actor for entry in readings(topic)] == [officer]

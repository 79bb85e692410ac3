"""Who reads a text, and what is kept of it."""

import pytest
import time_machine

from foundations.access.policy import visible_to
from foundations.audit.trail import history_of
from meetings.models import MeetingText
from tests.meeting_after import (
    WRITTEN,
    drafted,
    issued,
)
from tests.meeting_day import address

pytestmark = pytest.mark.django_db
READING_QUERIES = 28
CLAUSE = "会议讨论意见仅供内部参考"
SECRETARIATS = {"gov_officer", "court_officer", "recorder"}
INVITED = {"gov_deputy", "court_deputy", "agency_contact"}
LEADERS = {"gov_convenor", "court_convenor", "gov_deputy", "court_deputy"}


@pytest.fixture(autouse=True)
def _two_days_later():
    with time_machine.travel(WRITTEN, tick=False):
        yield


@pytest.mark.parametrize(
    ("kind", "state", "readers"),
    [
        ("opinion", "draft", SECRETARIATS),
        ("minutes", "draft", SECRETARIATS),
        ("opinion", "issued", SECRETARIATS | INVITED),
        ("minutes", "issued", SECRETARIATS | INVITED | LEADERS),
        ("consensus", "issued", SECRETARIATS | INVITED | LEADERS),
    ],
)
def test_who_sees_which_text(city, kind, state, readers):
    text = issued(city, kind) if state == "issued" else drafted(city, kind)
    administrators = {"system_admin", "security_admin", "audit_admin"}

    seeing = {
        name
        for name, user in city.users.items()
        if visible_to(user, MeetingText).filter(pk=text.pk).exists()
    }

    assert seeing - (administrators if kind == "consensus" else set()) == readers


def test_a_guest_does_not_read_the_opinion(city):
    text = issued(city, "opinion")
    text.meeting.invitations.filter(person=city.people["agency_contact"]).update(category="lawyer")

    assert not visible_to(city.users["agency_contact"], MeetingText).exists()
    assert visible_to(city.users["gov_deputy"], MeetingText).exists()


def test_every_reading_of_an_internal_text_is_recorded_and_shown_to_the_secretariats(
    city, as_user
):
    text = issued(city)
    for _time in range(2):
        reading = as_user(city.users["gov_deputy"]).get(address("text", text)).content.decode()

    page = as_user(city.users["recorder"]).get(address("text", text))

    readers = {one["actor_label"]: one["times"] for one in page.context["readers"]}
    assert readers == {"王彬": 2, "许若晴": 1}
    assert "已阅 1 人" in reading
    assert CLAUSE in reading
    assert "王彬 市司法局 gov_deputy 2026-11-26 16:00" in reading


def test_reading_a_consensus_leaves_no_trace_and_no_watermark(city, as_user):
    text = issued(city, "consensus")

    page = as_user(city.users["agency_contact"]).get(address("text", text)).content.decode()

    assert "fy-wm" not in page
    assert not history_of(text).filter(action__endswith=".read").exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [("court_officer", 200), ("recorder", 200), ("agency_contact", 404), ("gov_convenor", 404)],
)
def test_a_draft_is_not_there_for_anybody_else(city, as_user, who, status):
    text = drafted(city)

    assert as_user(city.users[who]).get(address("text", text)).status_code == status


@pytest.mark.parametrize("count", [1, 3])
def test_the_reading_page_costs_the_same_for_any_number_of_readers(
    city, as_user, count, django_assert_num_queries
):
    text = issued(city)
    for name in ("gov_deputy", "court_deputy", "agency_contact")[:count]:
        as_user(city.users[name]).get(address("text", text))
    client = as_user(city.users["gov_officer"])
    client.get(address("text", text))

    with django_assert_num_queries(READING_QUERIES):
        page = client.get(address("text", text))

    assert len(page.context["readers"]) == count + 1

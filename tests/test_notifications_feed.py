"""The calendar at its secret address."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from foundations.audit.models import AuditEntry
from foundations.notifications.actions import MOST_READS
from foundations.notifications.models import Feed
from meetings.actions.days import cancel, postpone
from meetings.actions.receipts import return_receipt
from meetings.models import Meeting
from meetings.states import MeetingState
from members.actions.accounts import disable_account
from members.models import RoleBinding
from services.deadlines.actions import meet, move_due, open_deadline
from tests.gatherings import invitation_of, make_meeting, notified_meeting, on_agenda

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
DUE = date(2026, 11, 30)  # a Monday
SHANGHAI = ZoneInfo("Asia/Shanghai")
SETTINGS = reverse("notifications:settings")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as moment:
        yield moment


@pytest.fixture
def address(city, as_user):
    """address(name) has a new address made on the settings page, and is its path."""

    def make(name="court_officer"):
        page = as_user(city.users[name]).post(reverse("notifications:feed-make"))
        made = page.context["address"]
        assert made in page.text
        return made.removeprefix("http://127.0.0.1:8000")

    return make


def read(path, **headers):
    return Client().get(path, headers=headers)


def events(path):
    found = Calendar.from_ical(read(path).content).walk("VEVENT")
    return {str(event["SUMMARY"]): event for event in found}


def limit(city, **changes):
    given = {
        "actor": None,
        "title": "报送议题",
        "jurisdiction": city.jurisdiction,
        "owed_by": city.organizations["court"],
        "trigger_on": date(2026, 11, 2),
        "due_on": DUE,
    }
    return open_deadline(changes.pop("subject", city.body), "TOPICS", **given | changes)


# -- the address


def test_the_address_is_shown_once_and_kept_as_a_digest(city, address, as_user):
    path = address()

    secret = path.rpartition("/")[2].removesuffix(".ics")
    feed = Feed.objects.get()
    assert len(secret) >= 40
    assert secret not in str(vars(feed))
    page = as_user(city.users["court_officer"]).get(SETTINGS).text
    assert secret not in page
    assert "重新生成地址" in page
    assert secret not in "".join(AuditEntry.objects.values_list("body", flat=True))


def test_reading_needs_no_session_and_answers_with_a_calendar(address):
    answer = read(address())

    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-cache"
    assert not answer.cookies
    calendar = Calendar.from_ical(answer.content)
    assert (calendar["VERSION"], "METHOD" in calendar) == ("2.0", False)


def _anew(city, as_user):
    as_user(city.users["court_officer"]).post(reverse("notifications:feed-make"))


def _void(city, as_user):
    as_user(city.users["court_officer"]).post(reverse("notifications:feed-revoke"))


def _disabled(city, as_user):
    disable_account(city.users["court_officer"].pk, actor=None, reason="调离")


def _expired(city, as_user):
    user = city.users["court_officer"]
    user.expires_on = TODAY - timedelta(days=1)
    user.save()


def _without_a_role(city, as_user):
    bindings = RoleBinding.objects.filter(user=city.users["court_officer"])
    bindings.update(valid_to=TODAY - timedelta(days=1))


@pytest.mark.parametrize("end", [_anew, _void, _disabled, _expired, _without_a_role])
def test_an_address_that_ended_is_unknown(city, address, as_user, end):
    path = address()
    assert read(path).status_code == 200

    end(city, as_user)

    assert read(path).status_code == 404


def test_an_address_that_never_was_is_unknown(city):
    assert read(reverse("notifications:feed", args=["a" * 43])).status_code == 404


def test_an_address_ends_no_other_persons(city, address, as_user):
    kept = address("gov_officer")
    address("court_officer")

    _void(city, as_user)

    assert read(kept).status_code == 200


def test_reading_leaves_its_last_use_and_no_trail(city, address, as_user):
    path = address()
    before = AuditEntry.objects.count()

    read(path)

    assert AuditEntry.objects.count() == before
    assert Feed.objects.get().last_used_at == NOW
    assert "尚未读取" not in as_user(city.users["court_officer"]).get(SETTINGS).text


def test_reading_too_often_is_refused_for_the_rest_of_the_hour(address, clock):
    path = address()
    answers = [read(path).status_code for _reading in range(MOST_READS)]
    refused = read(path)

    assert set(answers) == {200}
    assert (refused.status_code, refused["Retry-After"]) == (429, "3600")
    clock.shift(timedelta(hours=1))
    assert read(path).status_code == 200


def test_what_is_known_already_is_not_sent_again(city, address, clock):
    limit(city)
    path = address()
    first = read(path)
    clock.shift(timedelta(minutes=30))

    again = read(path, if_none_match=first["ETag"])
    limit(city, due_on=date(2026, 12, 1))
    changed = read(path, if_none_match=first["ETag"])

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


# -- time limits


def test_an_open_limit_is_a_whole_day_with_its_alarms(city, address):
    deadline = limit(city)

    event = events(address())["报送议题"]

    assert (event["DTSTART"].dt, event["DTEND"].dt) == (DUE, date(2026, 12, 1))
    assert str(event["UID"]) == f"limit-{deadline.public_id}@portal"
    assert str(event["URL"]).endswith(reverse("deadlines:record", args=[deadline.public_id]))
    triggers = [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")]
    # at nine on the Friday before, and at nine on the Monday itself
    assert triggers == [timedelta(days=-3, hours=9), timedelta(hours=9)]


def test_a_moved_limit_keeps_its_uid_with_a_higher_sequence(city, address):
    limit(city)
    path = address()
    before = events(path)["报送议题"]

    move_due(city.body, "TOPICS", actor=None, due_on=date(2026, 12, 7))

    after = events(path)["报送议题"]
    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTART"].dt == date(2026, 12, 7)


def test_a_limit_that_was_met_is_gone_and_an_old_overdue_one_is_not(city, address):
    limit(city)
    limit(city, subject=city.organizations["court"], title="报告", due_on=date(2026, 8, 3))
    path = address()

    meet(city.body, "TOPICS", actor=None, on=TODAY)

    assert set(events(path)) == {"报告"}


@pytest.mark.parametrize(
    ("name", "seen"),
    [("court_officer", {"报送议题"}), ("gov_officer", set()), ("audit_admin", set())],
)
def test_a_limit_is_listed_for_whoever_owes_it(city, address, name, seen):
    limit(city)

    assert set(events(address(name))) == seen


def test_a_handlers_limit_is_the_handlers_alone(city, address):
    limit(city, handler=city.users["recorder"])

    assert set(events(address("recorder"))) == {"报送议题"}
    assert events(address("court_officer")) == {}


def test_the_words_of_a_closed_record_stay_in_the_portal(city, address):
    meeting = make_meeting(city)
    topic = on_agenda(city, meeting, title="底线", confidential=True)
    limit(city, subject=topic, title="底线", owed_by=city.organizations["justice"])
    path = address("gov_officer")

    assert "底线" not in read(path).content.decode()
    assert any(topic.public_id in words for words in events(path))


# -- meetings


def test_a_meeting_has_time_zone_and_place_and_no_agenda(city, address):
    meeting = notified_meeting(city)
    path = address("court_officer")

    event = events(path)[meeting.title]

    start = datetime(2026, 12, 15, 9, 30, tzinfo=SHANGHAI)
    assert (event["DTSTART"].dt, event["DTSTART"].params["TZID"]) == (start, "Asia/Shanghai")
    assert str(event["UID"]) == f"{meeting.public_id}@portal"
    assert str(event["LOCATION"]) == meeting.place
    text = read(path).content.decode()
    assert "BEGIN:VTIMEZONE" in text
    assert "限期拆除" not in text


@pytest.mark.parametrize(
    ("name", "is_there"),
    [
        ("gov_officer", True),
        ("recorder", True),
        ("gov_convenor", True),
        ("agency_contact", False),
        ("system_admin", False),
    ],
)
def test_a_meeting_is_there_for_whoever_is_expected(city, address, name, is_there):
    meeting = notified_meeting(city)

    assert (meeting.title in events(address(name))) == is_there


def test_whoever_is_on_leave_is_not_expected(city, address):
    meeting = notified_meeting(city)
    path = address("gov_convenor")
    return_receipt(
        invitation_of(city, meeting, "gov_convenor").pk,
        actor=city.users["gov_convenor"],
        at=NOW,
        receipt="leave",
        leave_reason="出差",
    )

    assert events(path) == {}


@pytest.mark.parametrize("state", [MeetingState.PLANNED, MeetingState.CANCELLED])
def test_a_day_that_was_never_agreed_is_not_there(city, address, state):
    make_meeting(city, state=state, day_agreed_at=None)

    assert events(address()) == {}


def test_a_postponed_meeting_moves_and_a_cancelled_one_says_so(city, address):
    meeting = notified_meeting(city)
    path = address()
    before = events(path)[meeting.title]
    postpone(
        meeting.pk,
        actor=city.users["court_officer"],
        at=NOW,
        day=date(2026, 12, 22),
        reason="会场检修",
    )
    moved = events(path)[meeting.title]
    cancel(meeting.pk, actor=city.users["court_officer"], at=NOW, reason="暂缓")
    gone = events(path)[meeting.title]

    assert before["UID"] == moved["UID"] == gone["UID"]
    assert moved["DTSTART"].dt.date() == date(2026, 12, 22)
    assert before["SEQUENCE"] < moved["SEQUENCE"] < gone["SEQUENCE"]
    assert [str(event["STATUS"]) for event in (before, gone)] == ["CONFIRMED", "CANCELLED"]
    assert gone.walk("VALARM") == []


# -- cost


@pytest.mark.parametrize("count", [1, 3])
def test_reading_costs_the_same_however_much_is_due(
    city, address, count, django_assert_num_queries
):
    for number in range(count):
        make_meeting(city, title=f"会议{number}", planned_on=date(2026, 12, 15 + number))
        limit(city, subject=Meeting.objects.last(), title=f"报送{number}")
    path = address()
    read(path)

    with django_assert_num_queries(14):
        assert len(events(path)) == 2 * count

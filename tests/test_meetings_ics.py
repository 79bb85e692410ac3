"""Calendar entries: one UID for ever, a rising sequence, taken back on a cancellation."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from icalendar import Calendar

from foundations.notifications.mail import parts
from meetings.invitation_mail import calendar_of, invitation_parts
from meetings.models import Invitation, Meeting
from meetings.states import MeetingState
from tests.gatherings import AT, invitation_of, make_meeting, notified_meeting, on_agenda

SHANGHAI = ZoneInfo("Asia/Shanghai")


def read(content: bytes):
    calendar = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def entry(city, meeting, reader="gov_officer"):
    return read(calendar_of(meeting, city.users[reader], at=AT))


def test_the_entry_says_when_and_where(city):
    meeting = notified_meeting(city)

    calendar, event = entry(city, meeting)

    start = datetime(2026, 12, 15, 9, 30, tzinfo=SHANGHAI)
    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("REQUEST", "CONFIRMED", 0)
    assert (event["DTSTART"].dt, event["DTEND"].dt - start) == (start, timedelta(hours=2))
    assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Asia/Shanghai"]
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == (meeting.title, meeting.place)
    assert event["ORGANIZER"].params["CN"] == "试验市人民法院"
    assert str(event["ATTENDEE"]) == "mailto:gov_officer@example.test"


def test_a_change_keeps_the_uid_and_raises_the_sequence(city):
    meeting = make_meeting(city)
    before = entry(city, meeting)[1]
    Meeting.objects.filter(pk=meeting.pk).update(sequence=1)
    meeting.refresh_from_db()

    after = entry(city, meeting)[1]

    assert before["UID"] == after["UID"] == f"{meeting.public_id}@portal"
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)


def test_a_cancellation_takes_the_entry_back(city):
    meeting = make_meeting(city, state=MeetingState.CANCELLED, sequence=2)

    calendar, event = entry(city, meeting)

    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 2)


@pytest.mark.parametrize(
    ("reader", "agenda"),
    [
        ("gov_officer", "1. 底线\n2. 通报"),
        ("court_officer", "1. 内部保密议题\n2. 通报"),
        ("agency_contact", ""),
    ],
)
def test_the_agenda_is_what_its_reader_may_know(city, reader, agenda):
    meeting = make_meeting(city)
    on_agenda(city, meeting, title="底线", confidential=True)
    on_agenda(city, meeting, title="通报")

    assert str(entry(city, meeting, reader)[1]["DESCRIPTION"]) == agenda


def test_mails_about_an_invitation_carry_it(city):
    meeting = notified_meeting(city)
    row = invitation_of(city, meeting, "gov_deputy")

    ((name, media_type, content),) = parts[Invitation](row, city.users["gov_deputy"])

    assert parts[Invitation] is invitation_parts
    assert (name, media_type) == (
        "meeting.ics",
        "text/calendar; method=REQUEST; charset=utf-8",
    )
    assert read(content)[1]["UID"] == f"{meeting.public_id}@portal"


def test_the_file_is_for_those_who_see_the_meeting(city, as_user):
    meeting = notified_meeting(city)
    url = reverse("meetings:calendar", args=[meeting.public_id])

    answer = as_user(city.users["court_deputy"]).get(url)

    assert answer["Content-Type"] == "text/calendar; method=REQUEST; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    assert as_user(city.users["system_admin"]).get(url).status_code == 404


@pytest.mark.parametrize(
    ("kind", "who", "status"),
    [
        ("agenda", "gov_deputy", 200),
        ("attendance", "gov_officer", 200),
        ("attendance", "gov_deputy", 403),
        ("topic_form", "gov_deputy", 200),
        ("ledger", "gov_officer", 404),
        ("agenda", "system_admin", 404),
    ],
)
def test_working_sheets_are_papers(city, as_user, kind, who, status):
    meeting = notified_meeting(city)

    answer = as_user(city.users[who]).get(
        reverse("meetings:sheet", args=[meeting.public_id, kind])
    )

    assert answer.status_code == status
    if status == 200:
        assert answer.getvalue().startswith(b"%PDF")


def test_the_notice_and_the_slip_are_previewed(city, as_user):
    meeting = notified_meeting(city)
    row = invitation_of(city, meeting, "gov_member")
    client = as_user(city.users["gov_officer"])

    for url in (
        reverse("meetings:notice-preview", args=[meeting.public_id]),
        reverse("meetings:slip", args=[row.public_id]),
    ):
        assert client.get(url).getvalue().startswith(b"%PDF"), url

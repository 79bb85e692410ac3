"""A meeting is closed: by itself once all is done, by an officer with a reason."""

import pytest
import time_machine

from foundations.access.errors import RuleBroken
from meetings.actions.closing import close_meeting
from meetings.actions.issuing import issue_text
from meetings.actions.reports import accept_report
from meetings.models import Meeting
from meetings.states import MeetingState
from tests.meeting_after import CHECKED, confirmed, reported, running, with_issued_minutes
from tests.meeting_day import address

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_december():
    with time_machine.travel(CHECKED, tick=False):
        yield


def test_the_last_resolution_done_closes_the_meeting_by_itself(city):
    resolution = running(city, resolutions=2)
    meeting = with_issued_minutes(city, resolution.meeting)
    states = []
    for one in meeting.resolutions.order_by("order"):
        accept_report(reported(city, one).pk, actor=city.users["gov_officer"], at=CHECKED)
        states.append(Meeting.objects.get(pk=meeting.pk).state)

    assert states == [MeetingState.CONFIRMED, MeetingState.CLOSED]


def test_done_before_the_minutes_are_issued_closes_with_their_issue(city):
    resolution = running(city)
    accept_report(reported(city, resolution).pk, actor=city.users["gov_officer"], at=CHECKED)

    assert with_issued_minutes(city, resolution.meeting).state == MeetingState.CLOSED


@pytest.mark.parametrize(
    ("reason", "code"),
    [("", "reason_missing"), ("  ", "reason_missing"), ("事项转入任务清单", "")],
)
def test_closing_with_open_resolutions_takes_a_reason(city, reason, code):
    meeting = with_issued_minutes(city, running(city).meeting)
    officer = city.users["court_officer"]

    if code:
        with pytest.raises(RuleBroken) as broken:
            close_meeting(meeting.pk, actor=officer, at=CHECKED, reason=reason)
        assert (broken.value.code, broken.value.field) == (code, "reason")
    else:
        assert (
            close_meeting(meeting.pk, actor=officer, at=CHECKED, reason=reason).closed_reason
            == reason
        )
        assert meeting.resolutions.get().is_open


def test_a_meeting_without_issued_minutes_is_not_closed(city):
    meeting = running(city).meeting

    with pytest.raises(RuleBroken) as broken:
        close_meeting(meeting.pk, actor=city.users["gov_officer"], at=CHECKED, reason="办结")

    assert broken.value.code == "bad_transition"


def test_minutes_that_are_confirmed_are_issued_before_the_meeting_is_closed(city):
    meeting = confirmed(city).meeting
    officer = city.users["court_officer"]

    with pytest.raises(RuleBroken) as broken:
        close_meeting(meeting.pk, actor=officer, at=CHECKED, reason="办结")

    assert broken.value.code == "minutes_not_issued"
    issue_text(meeting.minutes.pk, actor=officer, at=CHECKED)
    closed = close_meeting(meeting.pk, actor=officer, at=CHECKED, reason="办结")
    assert closed.state == MeetingState.CLOSED


def test_a_stale_form_closes_nothing(city, as_user):
    meeting = with_issued_minutes(city, running(city).meeting)
    client = as_user(city.users["court_officer"])
    typed = {"reason": "事项转入任务清单", "version": meeting.version}

    empty = client.post(address("close", meeting), {"version": meeting.version})
    first = client.post(address("close", meeting), typed)
    second = client.post(address("close", meeting), typed)

    assert (empty.status_code, first.status_code, second.status_code) == (422, 302, 422)

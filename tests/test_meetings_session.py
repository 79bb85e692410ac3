"""The meeting day as actions: it begins, its topics take their time, it ends."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from foundations.access.errors import RuleBroken
from foundations.audit.trail import history_of
from foundations.notifications.models import Notice
from meetings.actions.receipts import mark_attendance
from meetings.actions.session import (
    end_session,
    open_topic,
    pause_topic,
    set_outcome,
    start_session,
)
from meetings.states import (
    DUTY,
    AttendanceState,
    MeetingState,
    ResolutionState,
    TopicOutcome,
)
from services.deadlines.models import Deadline, DeadlineState
from tests.meeting_day import (
    BEGIN,
    DAY,
    DUE,
    END,
    ON_THE_DAY,
    address,
    begun,
    complete,
    held,
    notified,
)
from tests.sitting import moment

pytestmark = pytest.mark.django_db


# -- beginning -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("gov_officer", True),
        ("court_officer", True),
        ("recorder", True),
        ("gov_convenor", False),
        ("agency_contact", False),
        ("system_admin", False),
    ],
)
def test_who_may_begin_the_meeting(city, who, may):
    meeting = notified(city).meeting

    if may:
        assert start_session(meeting.pk, actor=city.users[who], at=BEGIN).started_at == BEGIN
    else:
        with pytest.raises(PermissionDenied):
            start_session(meeting.pk, actor=city.users[who], at=BEGIN)


@pytest.mark.parametrize(
    ("day", "reason", "begins"),
    [
        pytest.param(DAY, "", True, id="on the day"),
        pytest.param(DAY + timedelta(days=1), "", True, id="after it"),
        pytest.param(DAY - timedelta(days=1), "", False, id="before it"),
        pytest.param(DAY - timedelta(days=1), "  ", False, id="before it, blank reason"),
        pytest.param(DAY - timedelta(days=1), "双方商定", True, id="before it with a reason"),
    ],
)
def test_before_the_agreed_day_a_reason_is_needed(city, day, reason, begins):
    meeting = notified(city).meeting
    given = {"actor": city.users["gov_officer"], "at": moment(day, 10), "reason": reason}

    if begins:
        assert start_session(meeting.pk, **given).in_session
        assert history_of(meeting).last().data["reason"] == reason
    else:
        with pytest.raises(RuleBroken) as broken:
            start_session(meeting.pk, **given)
        assert (broken.value.code, broken.value.field) == ("too_early", "reason")


@pytest.mark.parametrize("state", [s for s in MeetingState if s != MeetingState.NOTIFIED])
def test_only_a_notified_meeting_begins(city, state):
    meeting = notified(city).meeting
    meeting.state, meeting.held_on = state, DAY
    meeting.save()

    with pytest.raises(RuleBroken) as broken:
        start_session(meeting.pk, actor=None, at=BEGIN)

    assert broken.value.code == "not_notified"


def test_beginning_twice_changes_nothing(city):
    meeting = begun(city).meeting

    start_session(meeting.pk, actor=city.users["gov_officer"], at=END)

    meeting.refresh_from_db()
    assert meeting.started_at == BEGIN
    assert history_of(meeting).filter(action="meetings.meeting.started").count() == 1


@time_machine.travel(moment(DAY - timedelta(days=2)), tick=False)
def test_the_page_offers_to_hold_it_early_and_keeps_what_was_typed(city, as_user):
    meeting = notified(city).meeting
    client = as_user(city.users["gov_officer"])

    offered = client.get(address("recorder", meeting))
    refused = client.post(address("record-start", meeting), {"reason": ""})
    begun_early = client.post(address("record-start", meeting), {"reason": "双方商定提前"})

    assert "提前召开" in offered.content.decode()
    assert "选填" not in offered.content.decode()
    assert refused.status_code == 422
    assert "提前召开请写明理由" in refused.content.decode()
    assert begun_early.status_code == 302
    meeting.refresh_from_db()
    assert meeting.in_session


# -- topics --------------------------------------------------------------------------------
def test_one_clock_runs_at_a_time(city):
    sitting = begun(city)
    officer = city.users["court_officer"]
    report, case = sitting.topics["report"], sitting.topics["case"]

    open_topic(report.pk, actor=officer, at=BEGIN)
    open_topic(case.pk, actor=officer, at=BEGIN + timedelta(minutes=12))
    pause_topic(case.pk, actor=officer, at=BEGIN + timedelta(minutes=20))
    open_topic(case.pk, actor=officer, at=BEGIN + timedelta(minutes=30))

    report.refresh_from_db()
    case.refresh_from_db()
    assert (report.seconds_spent, report.opened_at) == (720, None)
    assert (case.seconds_spent, case.opened_at) == (480, BEGIN + timedelta(minutes=30))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("not begun", "not_in_session"),
        ("ended", "not_in_session"),
        ("off the agenda", "not_on_agenda"),
    ],
)
def test_what_is_recorded_belongs_to_a_running_meeting_and_its_agenda(city, change, code):
    sitting = held(city) if change == "ended" else notified(city)
    if change == "off the agenda":
        start_session(sitting.meeting.pk, actor=None, at=BEGIN)
        sitting.meeting.topics.update(state="deferred")

    with pytest.raises(RuleBroken) as broken:
        set_outcome(sitting.topics["advice"].pk, actor=None, outcome=TopicOutcome.REPORTED)

    assert broken.value.code == code


# -- ending --------------------------------------------------------------------------------
def test_the_end_opens_resolutions_and_restarts_the_clock_of_the_duty(city):
    sitting = held(city)

    meeting = sitting.fresh()
    resolution = meeting.resolutions.get()
    assert (meeting.state, meeting.held_on, meeting.ended_at) == (MeetingState.HELD, DAY, END)
    assert resolution.state == ResolutionState.OPEN
    limits = (
        Deadline.objects.open()
        .order_by("rule", "owed_by")
        .values_list("rule", "owed_by__key", "due_on")
    )
    assert list(limits) == [
        ("MT-MIN", "court", date(2026, 12, 1)),
        (DUTY, "justice", date(2027, 1, 25)),
        (DUTY, "court", date(2027, 1, 25)),
        ("MT-RES", "agency", DUE),
    ]
    told = Notice.objects.filter(recipient=city.users["agency_contact"], reason="open")
    assert [notice.subject for notice in told] == [resolution]


@pytest.mark.parametrize(
    ("lacks", "code"),
    [
        ("outcome", "topics_open"),
        ("attendance", "attendance_missing"),
        ("anybody", "nobody_present"),
    ],
)
def test_the_end_waits_until_everything_is_noted(city, lacks, code):
    sitting = complete(begun(city))
    officer = city.users["court_officer"]
    if lacks == "outcome":
        set_outcome(sitting.topics["report"].pk, actor=officer, outcome="")
    wanted = {"attendance": AttendanceState.UNKNOWN, "anybody": AttendanceState.ABSENT}
    if lacks in wanted:
        sitting.meeting.invitations.update(attendance=wanted[lacks])

    with pytest.raises(RuleBroken) as broken:
        end_session(sitting.meeting.pk, actor=officer, at=END)

    assert broken.value.code == code
    assert sitting.fresh().in_session


def test_one_click_carries_the_rest_and_notes_the_rest_absent(city):
    sitting = begun(city)
    officer = city.users["gov_officer"]
    mark_attendance(sitting.invitations["gov_deputy"].pk, actor=officer, at=BEGIN, state="present")
    set_outcome(sitting.topics["report"].pk, actor=officer, outcome=TopicOutcome.REPORTED)

    end_session(sitting.meeting.pk, actor=officer, at=END, carry_open=True, absent_rest=True)

    outcomes = sitting.meeting.topics.order_by("order").values_list("outcome", flat=True)
    assert list(outcomes) == ["reported", "carried", "carried"]
    here = sitting.meeting.invitations.order_by("order").values_list("attendance", flat=True)
    assert list(here) == ["present", "absent", "absent", "absent", "absent"]


@ON_THE_DAY
def test_the_end_page_says_what_is_missing_and_offers_the_way_out(city, as_user):
    sitting = begun(city)
    client = as_user(city.users["court_officer"])
    url = address("record-end", sitting.meeting)
    mark_attendance(sitting.invitations["gov_deputy"].pk, actor=None, at=BEGIN, state="present")

    asked = client.get(url).content.decode()
    refused = client.post(url, {})
    done = client.post(url, {"carry_open": "on", "absent_rest": "on"})

    assert "3 个中 3 个未定结果" in asked
    assert "周明远" in asked
    assert refused.status_code == 422
    assert "还有议题未定结果" in refused.content.decode()
    assert (done.status_code, sitting.fresh().state) == (302, MeetingState.HELD)


def test_ending_twice_is_refused_and_opens_nothing_anew(city):
    sitting = held(city)

    with pytest.raises(RuleBroken) as broken:
        end_session(sitting.meeting.pk, actor=city.users["gov_officer"], at=END)

    assert broken.value.code == "not_in_session"
    assert Deadline.objects.filter(rule="MT-RES", state=DeadlineState.OPEN).count() == 1

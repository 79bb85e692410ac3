"""What the page of a meeting says of its course, and of what its reader does next."""

from datetime import timedelta

import pytest
from django.utils import timezone

from meetings.models import Invitation, Meeting, SideNotice
from meetings.states import InviteeCategory, MeetingState
from meetings.views.frame import steps_of
from meetings.views.next_step import next_step
from services.documents.models import OfficialDocument
from tests.sitting import agreed, fresh, in_state, planned_series, proposed, topic_on_agenda

TODAY = timezone.localdate()
NOW = timezone.now()
DAY = TODAY + timedelta(days=40)


@pytest.fixture
def series(city):
    """Meetings planned from 40 days ahead, the first hosted by the government."""
    return planned_series(city, origin=DAY, until=DAY + timedelta(days=400))


@pytest.fixture
def meeting(series) -> Meeting:
    return series.meetings.get(ordinal=1)


def notice_of(city, meeting, side, unit) -> None:
    """As if the side had issued its notice; how it does is told in the notices' tests."""
    document = OfficialDocument.objects.create(
        kind="notice",
        subject=meeting,
        title="通知",
        organization=city.organizations[unit],
        jurisdiction=city.jurisdiction,
        issued_on=TODAY,
        context={},
    )
    SideNotice.objects.create(
        meeting=meeting, side=side, document=document, sequence=meeting.sequence, at=NOW
    )


def step_for(city, meeting, who, on=TODAY) -> str:
    step = next_step(city.users[who], fresh(meeting), on)
    return step.label if step else ""


def test_while_a_day_is_to_be_agreed_one_side_acts_and_then_the_other(city, meeting):
    assert step_for(city, meeting, "gov_officer") == "去协商日期"
    assert step_for(city, meeting, "court_officer") == "去协商日期"
    assert step_for(city, meeting, "gov_convenor") == ""

    proposed(city, meeting, day=DAY, at=NOW)

    assert step_for(city, meeting, "gov_officer") == ""
    assert step_for(city, meeting, "court_officer") == "答复会议日期"


def test_while_topics_are_collected_the_notice_follows_the_first_topic(city, meeting):
    agreed(city, meeting, day=DAY, at=NOW)
    assert step_for(city, meeting, "gov_officer") == "提出议题"
    assert step_for(city, meeting, "recorder") == "提出议题"

    topic_on_agenda(city, meeting)

    assert step_for(city, meeting, "gov_officer") == "发出本方通知"
    assert step_for(city, meeting, "recorder") == "提出议题"


def test_after_the_notice_the_other_side_then_receipt_then_record(city, meeting):
    agreed(city, meeting, day=DAY, at=NOW)
    in_state(meeting, MeetingState.NOTIFIED)
    notice_of(city, meeting, "government", "justice")
    Invitation.objects.create(
        meeting=meeting,
        side="government",
        category=InviteeCategory.MEMBER,
        person=city.people["gov_officer"],
        name="李文静",
        notified_at=NOW,
    )

    assert step_for(city, meeting, "court_officer") == "发出本方通知"
    assert step_for(city, meeting, "gov_officer") == "填写回执"
    assert step_for(city, meeting, "recorder") == ""
    assert step_for(city, meeting, "recorder", on=DAY) == "开始记录"


@pytest.mark.parametrize(
    ("state", "fields", "label"),
    [
        pytest.param("notified", {"started_at": NOW}, "继续记录", id="running"),
        pytest.param("held", {"held_on": DAY}, "起草纪要", id="held"),
        pytest.param("confirmed", {"held_on": DAY}, "办结会议", id="confirmed"),
        pytest.param("closed", {"held_on": DAY}, "", id="closed"),
        pytest.param("cancelled", {}, "", id="cancelled"),
    ],
)
def test_the_officers_next_step_from_the_meeting_on(city, meeting, state, fields, label):
    in_state(meeting, state, **fields)

    assert step_for(city, meeting, "gov_officer") == label


@pytest.mark.parametrize(
    ("state", "now"),
    [
        ("planned", "计划"),
        ("collecting", "征集议题"),
        ("held", "纪要起草"),
        ("drafted", "各方确认"),
        ("confirmed", "办结"),
        ("closed", None),
    ],
)
def test_the_course_marks_the_step_that_is_under_way(meeting, state, now):
    row = in_state(meeting, state, held_on=DAY)

    steps = steps_of(row)

    assert [step.name for step in steps] == [
        "计划",
        "征集议题",
        "已通知",
        "已召开",
        "纪要起草",
        "各方确认",
        "办结",
    ]
    assert next((step.name for step in steps if step.status == "now"), None) == now


def test_the_course_says_which_side_has_yet_to_notify(city, meeting):
    agreed(city, meeting, day=DAY, at=NOW)
    row = in_state(meeting, MeetingState.NOTIFIED)

    notice_of(city, row, "government", "justice")
    one = steps_of(row)[2]
    notice_of(city, row, "court", "court")
    both = steps_of(row)[2]

    assert (one.note, one.status) == ("府已发出，待院发出", "now")
    assert (both.note, both.status) == (f"{TODAY:%m-%d} 各方分别发出", "done")

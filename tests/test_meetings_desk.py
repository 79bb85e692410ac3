"""What the arranging of meetings lays on the desks of the liaison officers."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings.actions.days import answer_day
from meetings.models import Meeting
from meetings.states import DUTY
from members.models import User
from services.deadlines.models import Deadline
from tests.desks import items
from tests.sitting import planned_series, proposed

TODAY = timezone.localdate()
NOW = timezone.now()
DAY = TODAY + timedelta(days=40)
DESK_QUERIES = 10


@pytest.fixture
def series(city):
    """Meetings planned from 40 days ahead, the first hosted by the government."""
    return planned_series(city, origin=DAY, until=DAY + timedelta(days=400))


@pytest.fixture
def meeting(series) -> Meeting:
    return series.meetings.get(ordinal=1)


def desk(city, who) -> list[tuple[str, str]]:
    return [(item.group, item.verb) for item in items(city.users[who], TODAY)]


def test_the_desks_of_both_officers_follow_the_proposal(city, meeting):
    assert desk(city, "gov_officer") == [("todo", "去协商日期")]
    assert desk(city, "recorder") == []

    consent = proposed(city, meeting, day=DAY, at=NOW)

    assert desk(city, "gov_officer") == [("waiting", "查看")]
    assert desk(city, "court_officer") == [("todo", "答复")]
    item = items(city.users["court_officer"], TODAY)[0]
    assert (item.day, item.url) == (
        consent.due_on,
        reverse("meetings:answer", args=[consent.public_id]),
    )


def test_an_amendment_comes_back_to_the_desk_of_the_proposer(city, meeting):
    consent = proposed(city, meeting, day=DAY, at=NOW)

    answer_day(
        consent.pk, actor=city.users["court_officer"], at=NOW, verdict="amend", remark="开庭"
    )

    assert desk(city, "gov_officer") == [("returned", "重新提议")]


def test_the_duty_lies_on_the_desk_when_it_is_near_and_nothing_is_agreed(city, series):
    late = TODAY - timedelta(days=6)
    Deadline.objects.filter(rule=DUTY).update(due_on=late)

    found = [item for item in items(city.users["court_officer"], TODAY) if item.day == late]

    assert [item.title for item in found] == ["召开下一次定期会议"]


@pytest.mark.parametrize("who", ["court_officer", "gov_officer"])
def test_the_desk_takes_the_same_queries_with_one_meeting_and_three(
    city, django_assert_num_queries, who
):
    planned_series(city, origin=DAY, until=DAY)
    proposed(city, Meeting.objects.get(), day=DAY, at=NOW)

    def read() -> None:
        items(User.objects.get(username=who), TODAY)

    read()
    with django_assert_num_queries(DESK_QUERIES):
        read()
    planned_series(city, origin=DAY, until=DAY + timedelta(days=130))
    for meeting in Meeting.objects.filter(ordinal__gt=1):
        proposed(city, meeting, day=DAY, at=NOW)
    with django_assert_num_queries(DESK_QUERIES):
        read()

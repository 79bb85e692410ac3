"""Series, planning ahead, the turns after each fate of a meeting, the duty's own clock."""

import threading
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from foundations.access.errors import RuleBroken
from foundations.audit.trail import acting, history_of
from meetings import tasks
from meetings.actions.days import cancel, postpone, swap
from meetings.actions.planning import (
    count_held,
    plan_ahead,
    restart_series,
    start_series,
)
from meetings.models import Meeting, MeetingSeries
from meetings.plan import duty_of, rules_of
from meetings.states import DUTY, MeetingState
from services.deadlines.models import Deadline, DeadlineState
from tests.sitting import ORIGIN, agreed, moment, planned_series

TODAY = date(2026, 1, 12)
NOW = moment(TODAY)


@pytest.fixture
def series(city):
    """Six meetings of 2026: 01-12, 03-12, 05-12, 07-12, 09-12 (a Saturday), 11-12."""
    return planned_series(city, until=date(2026, 12, 31))


def hosts_of(series) -> str:
    rows = series.meetings.order_by("ordinal").values_list("host", flat=True)
    return " ".join(host[0] for host in rows)


def nth(series, ordinal: int) -> Meeting:
    return series.meetings.get(ordinal=ordinal)


def held(meeting: Meeting, on: date) -> None:
    """As the recorder leaves it; how a meeting is held is told in the session's tests."""
    with acting():
        meeting.state, meeting.held_on = MeetingState.HELD, on
        meeting.store()
        count_held(meeting, actor=None)


def test_the_plan_names_day_host_title_and_reason(series):
    first, fifth = nth(series, 1), nth(series, 5)

    assert hosts_of(series) == "g c g c g c"
    assert first.title == "行政复议与行政诉讼联席会议2026年第1次会议"
    assert (fifth.nominal_on, fifth.planned_on) == (date(2026, 9, 12), date(2026, 9, 14))
    assert first.host_organization.name == "试验市人民政府"
    assert first.host_reason == "首次定期会议由市政府主办。"
    assert history_of(first).first().action == "meetings.meeting.planned"


def test_planning_ahead_goes_as_far_as_the_profile_says_and_no_meeting_is_made_twice(city):
    start_series(city.mechanism.pk, actor=None, at=NOW, origin_on=ORIGIN, first_host="court")

    made = plan_ahead(city.mechanism.pk, actor=None, on=TODAY, at=NOW)
    again = plan_ahead(city.mechanism.pk, actor=None, on=TODAY, at=NOW)
    later = plan_ahead(city.mechanism.pk, actor=None, on=date(2026, 3, 12), at=NOW)

    assert [meeting.ordinal for meeting in made] == [1, 2, 3, 4]
    assert again == []
    assert [meeting.ordinal for meeting in later] == [5]


def test_planning_ahead_makes_no_meeting_in_the_past(city):
    start_series(
        city.mechanism.pk,
        actor=None,
        at=NOW,
        origin_on=date(2023, 6, 20),
        first_host="government",
    )

    made = plan_ahead(city.mechanism.pk, actor=None, on=TODAY, at=NOW)

    assert made[0].nominal_on == date(2026, 2, 20)
    assert made[0].ordinal == 17
    assert made[0].host == "government"


def test_a_mechanism_without_a_series_is_left_alone(city):
    assert plan_ahead(city.mechanism.pk, actor=None, on=TODAY, at=NOW) == []


def test_the_task_plans_every_mechanism(city):
    start_series(city.mechanism.pk, actor=None, at=NOW, origin_on=ORIGIN, first_host="government")

    tasks.plan_ahead()
    tasks.plan_ahead()

    ordinals = list(Meeting.objects.values_list("ordinal", flat=True))
    assert ordinals
    assert len(ordinals) == len(set(ordinals))


def test_another_series_is_not_begun_beside_the_running_one(city, series):
    same = start_series(
        city.mechanism.pk, actor=None, at=NOW, origin_on=ORIGIN, first_host="government"
    )

    assert same == series
    with pytest.raises(RuleBroken, match="已有自2026年1月12日起") as refused:
        start_series(
            city.mechanism.pk,
            actor=None,
            at=NOW,
            origin_on=date(2026, 2, 1),
            first_host="government",
        )
    assert refused.value.code == "series_exists"


@pytest.mark.parametrize(
    ("pass_turn", "expected"),
    [
        pytest.param(False, "g c c g c g", id="the turn waits"),
        pytest.param(True, "g c g c g c", id="the turn passes on"),
    ],
)
def test_a_cancelled_meeting_leaves_or_passes_its_turn(city, series, pass_turn, expected):
    held(nth(series, 1), TODAY)

    cancel(
        nth(series, 2).pk,
        actor=city.users["court_officer"],
        at=NOW,
        reason="换届",
        pass_turn=pass_turn,
    )

    assert hosts_of(series) == expected
    assert nth(series, 2).turn_passed is pass_turn
    assert nth(series, 2).closed_reason == "换届"


def test_a_postponed_meeting_keeps_its_host_whatever_others_do(city, series):
    officer = city.users["gov_officer"]
    postpone(nth(series, 3).pk, actor=officer, at=NOW, day=date(2026, 8, 3), reason="防汛")

    cancel(nth(series, 2).pk, actor=officer, at=NOW, reason="换届")

    third = nth(series, 3)
    assert (third.host, third.planned_on) == ("government", date(2026, 8, 3))
    assert (third.nominal_on, third.postponed_from) == (date(2026, 5, 12), date(2026, 5, 12))
    assert hosts_of(series) == "g c g c g c"


def test_the_reason_of_the_next_turn_names_the_day_to_which_a_meeting_went(city, series):
    officer = city.users["gov_officer"]
    postpone(nth(series, 3).pk, actor=officer, at=NOW, day=date(2026, 5, 20), reason="防汛")
    agreed(city, nth(series, 4), day=date(2026, 7, 22), at=NOW)

    assert "计划5月20日" in nth(series, 4).host_reason
    assert "计划7月22日" in nth(series, 5).host_reason
    assert hosts_of(series) == "g c g c g c"


def test_exchanged_hosts_stay_and_the_turns_after_them_are_fair(city, series):
    swap(
        nth(series, 2).pk,
        other_id=nth(series, 3).pk,
        actor=city.users["court_officer"],
        at=NOW,
        reason="法院搬迁",
    )

    assert hosts_of(series) == "g g c g c g"
    assert nth(series, 2).host_reason.endswith("的会议调换主办方（法院搬迁）。")
    assert nth(series, 3).host_organization.name == "试验市人民法院"
    assert nth(series, 2).host_fixed


def test_a_notified_meeting_keeps_its_host(city, series):
    third = nth(series, 3)
    with acting():
        third.state = MeetingState.NOTIFIED
        third.store()

    cancel(nth(series, 2).pk, actor=city.users["court_officer"], at=NOW, reason="换届")

    assert nth(series, 3).host == "government"
    assert hosts_of(series) == "g c g c g c"


def test_an_agreed_day_does_not_fix_the_host(city, series):
    agreed(city, nth(series, 3), day=date(2026, 5, 12), at=NOW)

    cancel(nth(series, 2).pk, actor=city.users["court_officer"], at=NOW, reason="换届")

    assert nth(series, 3).host == "court"
    moved = history_of(nth(series, 3)).get(action="meetings.meeting.host_changed")
    assert (moved.data["before"], moved.data["host"]) == ("government", "court")


@pytest.mark.parametrize(
    ("held_on", "due_on"),
    [
        pytest.param(None, date(2026, 3, 12), id="before the first: from the origin"),
        pytest.param(date(2026, 1, 20), date(2026, 3, 20), id="from the day it was held"),
        pytest.param(date(2026, 1, 14), date(2026, 3, 16), id="a day off moves it on"),
    ],
)
def test_the_duty_runs_from_the_last_meeting_held(series, held_on, due_on):
    if held_on:
        held(nth(series, 1), held_on)

    duty = duty_of(series, rules_of(series.mechanism, TODAY))

    assert duty.reckoning.due_on == due_on
    open_limits = Deadline.objects.about(series).open().filter(rule=DUTY)
    assert {limit.due_on for limit in open_limits} == {due_on}
    assert {limit.owed_by.key for limit in open_limits} == {"justice", "court"}


def test_holding_a_meeting_meets_the_duty_once(series):
    held(nth(series, 1), date(2026, 3, 13))

    closed = Deadline.objects.about(series).filter(state=DeadlineState.MET_LATE)
    assert closed.count() == 2
    assert nth(series, 2).host_reason.startswith("上次定期会议（3月13日）由市政府主办并已召开")


def test_a_restart_ends_the_grid_and_begins_another(city, series):
    kept = agreed(city, nth(series, 2), day=date(2026, 3, 12), at=NOW)

    begun = restart_series(
        city.mechanism.pk,
        actor=city.users["gov_officer"],
        at=NOW,
        origin_on=date(2026, 4, 1),
        first_host="court",
        reason="两方商定改为双数月",
    )

    series.refresh_from_db()
    assert (series.ended_on, series.reason) == (TODAY, "两方商定改为双数月")
    assert set(series.meetings.values_list("state", flat=True)) == {"cancelled", "collecting"}
    assert hosts_of(begun).startswith("c g")
    assert nth(begun, 1).title.endswith("2026年第2次会议")
    assert Meeting.objects.get(pk=kept.pk).host == "court"
    assert not Deadline.objects.about(series).open().filter(rule=DUTY).exists()
    assert Deadline.objects.about(begun).open().filter(rule=DUTY).count() == 2


def test_a_restart_in_the_past_or_by_a_stranger_is_refused(city, series):
    asked = {"at": NOW, "first_host": "court", "reason": "x", "origin_on": date(2025, 1, 1)}

    with pytest.raises(RuleBroken) as refused:
        restart_series(city.mechanism.pk, actor=city.users["gov_officer"], **asked)
    assert (refused.value.code, refused.value.field) == ("past_day", "origin_on")
    with pytest.raises(PermissionDenied):
        restart_series(city.mechanism.pk, actor=city.users["recorder"], **asked)
    assert MeetingSeries.objects.get().ended_on is None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_planning_ahead_twice_at_once_makes_each_meeting_once(city):
    start_series(city.mechanism.pk, actor=None, at=NOW, origin_on=ORIGIN, first_host="government")

    def plan() -> None:
        try:
            barrier.wait()
            plan_ahead(city.mechanism.pk, actor=None, on=TODAY, at=NOW)
        finally:
            connection.close()

    barrier = threading.Barrier(2)
    workers = [threading.Thread(target=plan) for _worker in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    ordinals = Meeting.objects.order_by("ordinal").values_list("ordinal", flat=True)
    assert list(ordinals) == [1, 2, 3, 4]

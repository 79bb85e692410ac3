"""The clock of a limit: suspended, resumed, extended; every day here was counted by hand."""

from datetime import date

import pytest

from foundations.access.errors import RuleBroken
from foundations.audit.models import AuditEntry
from foundations.audit.timeline import sentence_of
from foundations.calendars.periods import Length, Unit, reckon_back
from services.deadlines.actions import (
    extend,
    meet,
    move_due,
    open_by_rule,
    resume,
    suspend,
)
from services.deadlines.explanation import explain
from services.deadlines.models import Deadline, DeadlineState
from tests.limits import RULE, by_hand, counted

BEGUN = date(2026, 11, 2)  # a Monday; fifteen days end on Tuesday, 17 November


def stop(city, day, **told):
    (row,) = suspend(city.body, RULE, actor=None, on=day, **{"reason": "鉴定"} | told)
    return row


def run_on(city, day):
    (row,) = resume(city.body, RULE, actor=None, on=day)
    return row


def lengthen(city, by, **told):
    (row,) = extend(city.body, RULE, actor=None, by=by, **{"reason": "情况复杂"} | told)
    return row


def days(row):
    return f"{row.nominal_on:%m-%d} {row.due_on:%m-%d}"


def test_a_suspended_limit_ends_later_by_the_days_it_stood_still(city):
    counted(city, BEGUN, "15 days")

    stopped = stop(city, date(2026, 11, 9), paper="试法鉴〔2026〕1号")
    assert stopped.state == DeadlineState.SUSPENDED
    running = run_on(city, date(2026, 11, 12))

    assert (running.state, days(running)) == (DeadlineState.OPEN, "11-20 11-20")
    assert str(running.pauses.get()) == "2026-11-09..2026-11-11"
    why = explain(running)
    assert why.sentence == (
        "自2026年11月2日 星期一起 15 日（扣除停算 3 日），至2026年11月20日 星期五止。"
    )
    assert any("鉴定，试法鉴〔2026〕1号" in step.label for step in why.steps)


def test_several_pauses_and_an_extension_add_up(city):
    counted(city, BEGUN, "15 days")
    stop(city, date(2026, 11, 9))
    run_on(city, date(2026, 11, 12))
    stop(city, date(2026, 11, 16))

    # two more days: Sunday the 22nd, so that it ends on the Monday after it
    assert days(run_on(city, date(2026, 11, 18))) == "11-22 11-23"
    # ten days from the nominal end, not from the Monday
    assert days(lengthen(city, Length(10, Unit.DAYS))) == "12-02 12-02"


def test_an_extension_while_the_clock_stands_still_counts_when_it_runs_again(city):
    counted(city, BEGUN, "15 days")
    stop(city, date(2026, 11, 16))

    longer = lengthen(city, Length(5, Unit.DAYS))
    assert (longer.state, longer.due_on) == (DeadlineState.SUSPENDED, date(2026, 11, 23))

    assert days(run_on(city, date(2026, 11, 19))) == "11-25 11-25"


def test_working_days_stand_still_too(city):
    counted(city, BEGUN, "10 workdays")  # until Monday, 16 November
    stop(city, date(2026, 11, 5))

    # Thursday, Friday and Monday were lost, the weekend was none
    assert days(run_on(city, date(2026, 11, 10))) == "11-19 11-19"


def test_a_day_set_by_hand_can_be_suspended(city):
    by_hand(city, date(2026, 11, 24), trigger_on=date(2026, 11, 10))
    stop(city, date(2026, 11, 16))
    running = run_on(city, date(2026, 11, 20))

    assert days(running) == "11-28 11-30"
    assert running.own_length
    assert days(lengthen(city, Length(3, Unit.DAYS))) == "12-01 12-01"


def test_a_pause_after_an_extension_to_a_day_is_not_lost(city):
    by_hand(city, date(2026, 11, 24), trigger_on=date(2026, 11, 10))
    assert days(lengthen(city, date(2026, 12, 11))) == "12-11 12-11"
    stop(city, date(2026, 12, 7))

    assert days(run_on(city, date(2026, 12, 10))) == "12-14 12-14"


def test_such_a_pause_beyond_the_day_leaves_the_days_that_were_left(city):
    by_hand(city, date(2026, 11, 24), trigger_on=date(2026, 11, 10))
    lengthen(city, date(2026, 12, 11))
    stop(city, date(2026, 12, 10))  # two days were left

    # Wednesday the 16th and Thursday the 17th
    assert days(run_on(city, date(2026, 12, 16))) == "12-17 12-17"


def test_a_pause_that_ends_on_the_day_it_began_was_none(city):
    counted(city, BEGUN, "15 days")
    stop(city, date(2026, 11, 9))
    running = run_on(city, date(2026, 11, 9))

    assert days(running) == "11-17 11-17"
    assert not running.pauses.exists()


REFUSED = {
    "before it ran": (lambda city: stop(city, BEGUN), "pause_early", "on"),
    "when it was over": (lambda city: stop(city, date(2026, 11, 18)), "pause_late", "on"),
    "extended to an earlier day": (
        lambda city: lengthen(city, date(2026, 11, 17)),
        "extension_earlier",
        "until",
    ),
}


@pytest.mark.parametrize(("attempt", "code", "field"), REFUSED.values(), ids=REFUSED)
def test_what_the_clock_refuses(city, attempt, code, field):
    before = counted(city, BEGUN, "15 days")

    with pytest.raises(RuleBroken) as refused:
        attempt(city)

    assert (refused.value.code, refused.value.field) == (code, field)
    assert Deadline.objects.get() == before
    assert Deadline.objects.get().version == before.version


def test_pauses_do_not_overlap(city):
    counted(city, BEGUN, "15 days")
    stop(city, date(2026, 11, 9))
    with pytest.raises(RuleBroken, match="2026-11-09") as early:
        run_on(city, date(2026, 11, 8))
    run_on(city, date(2026, 11, 12))
    with pytest.raises(RuleBroken) as overlapping:
        stop(city, date(2026, 11, 11))

    assert (early.value.code, overlapping.value.code) == ("resume_early", "pause_early")
    assert stop(city, date(2026, 11, 12)).state == DeadlineState.SUSPENDED


def test_what_must_be_done_before_an_event_moves_with_the_event_alone(city):
    back = reckon_back(date(2026, 12, 8), 5, Unit.WORKDAYS, city.jurisdiction.calendar)
    by_hand(city, **back.limits)

    with pytest.raises(RuleBroken) as paused:
        stop(city, date(2026, 11, 30))
    with pytest.raises(RuleBroken) as extended:
        lengthen(city, Length(3, Unit.DAYS))

    assert (paused.value.code, extended.value.code) == ("not_paused", "not_extended")


def test_a_limit_of_a_calendar_period_does_not_stand_still(city):
    open_by_rule(
        city.body,
        "YR-WP",
        actor=None,
        title="通报",
        jurisdiction=city.jurisdiction,
        owed_by=city.organizations["court"],
        trigger_on=date(2026, 11, 2),
    )

    with pytest.raises(RuleBroken) as refused:
        suspend(city.body, "YR-WP", actor=None, on=date(2026, 11, 9), reason="鉴定")

    assert refused.value.code == "not_paused"


def test_what_is_done_while_the_clock_stands_still_is_in_time(city):
    counted(city, BEGUN, "15 days")
    stop(city, date(2026, 11, 16))

    (met,) = meet(city.body, RULE, actor=None, on=date(2026, 11, 30))

    assert (met.state, met.closed_on) == (DeadlineState.MET, date(2026, 11, 30))
    assert met.pauses.get().last_on == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("posted_on", "received_on", "state"),
    [
        (date(2026, 11, 17), date(2026, 11, 20), DeadlineState.MET),
        (date(2026, 11, 18), date(2026, 11, 20), DeadlineState.MET_LATE),
        (None, date(2026, 11, 18), DeadlineState.MET_LATE),
    ],
)
def test_what_was_posted_in_time_is_in_time(city, posted_on, received_on, state):
    counted(city, BEGUN, "15 days")

    (met,) = meet(city.body, RULE, actor=None, on=received_on, posted_on=posted_on)

    assert (met.state, met.closed_on) == (state, received_on)


def test_nothing_is_posted_after_it_arrived(city):
    counted(city, BEGUN, "15 days")

    with pytest.raises(RuleBroken) as refused:
        meet(city.body, RULE, actor=None, on=BEGUN, posted_on=date(2026, 11, 3))

    assert (refused.value.code, refused.value.field) == ("posted_late", "posted_on")


def test_a_corrected_trigger_keeps_what_was_granted(city):
    counted(city, BEGUN, "15 days")
    lengthen(city, Length(10, Unit.DAYS))  # until 27 November

    moved = counted(city, date(2026, 11, 4), "15 days")  # served two days later

    assert days(moved) == "11-29 11-30"
    assert counted(city, date(2026, 11, 4), "15 days").version == moved.version


def test_a_new_day_by_hand_takes_the_place_of_all_that_was_granted(city):
    counted(city, BEGUN, "15 days")
    lengthen(city, Length(10, Unit.DAYS))

    (moved,) = move_due(city.body, RULE, actor=None, due_on=date(2026, 12, 1))
    assert days(moved) == "12-01 12-01"
    assert days(lengthen(city, Length(2, Unit.DAYS))) == "12-03 12-03"


def test_the_timeline_tells_it_in_words(city):
    counted(city, BEGUN, "15 days")
    stop(city, date(2026, 11, 9))
    run_on(city, date(2026, 11, 12))
    lengthen(city, Length(3, Unit.DAYS))

    entries = AuditEntry.objects.order_by("pk")[1:]
    assert [sentence_of(entry) for entry in entries] == [
        "2026年11月9日停算：鉴定",
        "2026年11月12日恢复计算，截止日2026年11月20日",
        "延长至2026年11月23日：情况复杂",
    ]

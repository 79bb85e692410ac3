"""Reminders: which stage is reached on which day, who is told, and when. The days are
arguments; the holidays are those of 2026."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from foundations.notifications.models import Notice
from members.models import Organization, RoleBinding
from services.deadlines.actions import extend, meet, move_due, resume, suspend
from services.deadlines.models import Reminder
from services.deadlines.reminders import remind_due
from tests.limits import RULE, at_nine, by_hand

DUE = date(2026, 11, 24)  # a Tuesday


def remind(day):
    return remind_due(on=day, at=at_nine(day))


def reached():
    return list(Reminder.objects.order_by("pk").values_list("stage", flat=True))


def told(stage):
    notices = Notice.objects.filter(reason__startswith=f"due:{stage}:")
    return sorted(notices.values_list("recipient__username", flat=True))


# -- the stages


ALONE = [
    ("2026-11-02", []),
    ("2026-11-03", ["before-15"]),
    ("2026-11-12", ["before-15"]),
    ("2026-11-13", ["before-7"]),
    ("2026-11-19", ["before-3"]),
    ("2026-11-20", ["before-3"]),
    ("2026-11-21", []),  # a Saturday
    ("2026-11-23", ["before-1"]),
    ("2026-11-24", ["today"]),
    ("2026-11-25", ["late-0"]),
    ("2026-11-30", ["late-0"]),
    ("2026-12-01", ["late-0", "late-1"]),
    ("2026-12-08", ["late-0", "late-1", "late-2"]),
    ("2026-12-15", ["late-0", "late-1", "late-2", "late-3"]),
]


@pytest.mark.parametrize(("day", "stages"), ALONE)
def test_what_a_single_run_reaches(city, day, stages):
    by_hand(city, DUE)

    assert remind(date.fromisoformat(day)) == len(stages)
    assert reached() == stages


# The day on which each stage is reached, for a run a day: fifteen, seven, three and one
# working days before, the day itself, then the four rungs.
MONTHS = {
    "a plain month": (
        "2026-11-24",
        "11-03 11-13 11-19 11-23 11-24 11-25 12-01 12-08 12-15",
    ),
    "after the National Day, with make-up days": (
        "2026-10-09",
        "09-11 09-22 09-29 10-08 10-09 10-10 10-16 10-23 10-30",
    ),
    "the first day after the holiday": (
        "2026-10-08",
        "09-10 09-21 09-28 09-30 10-08 10-09 10-15 10-22 10-29",
    ),
    "the last day before the holiday": (
        "2026-09-30",
        "09-09 09-20 09-24 09-29 09-30 10-08 10-08 10-14 10-21",
    ),
    "a Sunday, of a limit before an event": (
        "2026-11-22",
        "11-02 11-12 11-18 11-20 - 11-23 11-30 12-07 12-14",
    ),
}
STAGES = (
    [f"before-{days}" for days in (15, 7, 3, 1)]
    + ["today"]
    + [f"late-{week}" for week in range(4)]
)


@pytest.mark.parametrize(("due", "days"), MONTHS.values(), ids=MONTHS)
def test_a_run_a_day_reaches_each_stage_once_on_its_day(city, due, days):
    last = date.fromisoformat(due)
    by_hand(city, last, trigger_on=last - timedelta(days=60))

    for number in range(-40, 40):
        remind(last + timedelta(days=number))

    rows = Reminder.objects.order_by("pk").values_list("stage", "at")
    found = {stage: f"{timezone.localtime(at):%m-%d}" for stage, at in rows}
    assert len(rows) == len(found)
    assert found == {k: day for k, day in zip(STAGES, days.split(), strict=True) if day != "-"}
    assert Notice.objects.filter(recipient=city.users["court_officer"]).count() == len(found) - 2


def test_five_missed_days_lose_no_rung_and_repeat_nothing(city):
    by_hand(city, DUE)
    remind(date(2026, 11, 20))
    for day in (date(2026, 12, 1), date(2026, 12, 1), date(2026, 12, 2)):
        remind(day)

    assert reached() == ["before-3", "late-0", "late-1"]


def test_twice_a_day_and_all_day_long_tells_once(city):
    by_hand(city, DUE)

    for hour in range(1, 9):
        for minute in (0, 30, 30):
            remind_due(on=DUE, at=datetime(2026, 11, 24, hour, minute, tzinfo=UTC))

    assert reached() == ["today"]
    assert told("today") == ["court_convenor", "court_deputy", "court_officer"]


def test_a_clock_that_is_set_back_tells_nothing_twice(city):
    by_hand(city, DUE)
    for day in (23, 24, 23, 20, 23, 24, 25):
        remind(date(2026, 11, day))

    # going back to the 20th is another stage: it had not been told
    assert reached() == ["before-1", "today", "before-3", "late-0"]
    assert Notice.objects.filter(recipient=city.users["court_officer"]).count() == 4


# -- what is open


def test_a_limit_that_moves_is_told_anew(city):
    by_hand(city, DUE)
    remind(DUE)
    move_due(city.body, RULE, actor=None, due_on=date(2026, 11, 25))

    assert remind(DUE) == 1
    assert reached() == ["today", "before-1"]
    move_due(city.body, RULE, actor=None, due_on=DUE)
    assert remind(DUE) == 0


def test_an_extended_limit_is_told_anew_for_its_new_day(city):
    by_hand(city, DUE)
    remind(DUE)
    extend(city.body, RULE, actor=None, by=date(2026, 12, 4), reason="情况复杂")

    assert remind(date(2026, 11, 25)) == 1
    assert reached() == ["today", "before-7"]


def test_what_is_done_is_not_reminded_of(city):
    by_hand(city, DUE)
    meet(city.body, RULE, actor=None, on=date(2026, 11, 20))

    assert remind(DUE) == 0


def test_what_stands_still_is_not_reminded_of(city):
    by_hand(city, DUE)
    suspend(city.body, RULE, actor=None, on=date(2026, 11, 20), reason="鉴定")
    assert [remind(date(2026, 11, day)) for day in (20, 24, 25)] == [0, 0, 0]

    resume(city.body, RULE, actor=None, on=date(2026, 11, 26))  # until Monday, the 30th
    assert remind(date(2026, 11, 26)) == 1
    assert reached() == ["before-3"]


def test_a_row_that_a_dead_worker_left_is_told_unless_it_is_untrue_by_now(city):
    deadline = by_hand(city, DUE)
    for stage in ("today", "late-0"):
        Reminder.objects.create(deadline=deadline, due_on=DUE, stage=stage, at=at_nine(DUE))

    remind(date(2026, 11, 25))

    assert told("today") == []
    assert told("late-0") == ["court_convenor", "court_deputy", "court_officer"]
    assert not Reminder.objects.filter(told_at=None).exists()


# -- who is told


def test_the_ladder_is_climbed_rung_by_rung(city):
    by_hand(city, DUE, handler=city.users["court_officer"])
    for number in range(40):
        remind(date(2026, 11, 16) + timedelta(days=number))

    assert [told(stage) for stage in ("today", "late-0", "late-1", "late-2", "late-3")] == [
        ["court_officer"],
        ["court_officer"],
        ["court_officer"],  # the liaison officer of this side is the handler
        ["court_convenor", "court_deputy"],
        ["court_convenor"],
    ]


def test_an_empty_rung_is_held_by_the_nearest_below_it(city):
    by_hand(city, DUE, "agency", handler=city.users["agency_contact"])
    remind(date(2026, 12, 15))
    assert [told(f"late-{rung}") for rung in range(4)] == [
        ["agency_contact"],
        ["gov_officer"],
        ["gov_officer"],  # the agency's head has no account
        ["gov_convenor"],
    ]


def test_where_no_rung_is_held_the_handler_hears_of_all(city):
    RoleBinding.objects.exclude(user=city.users["agency_contact"]).update(
        valid_to=date(2026, 11, 1)
    )
    city.body.seats.update(valid_to=date(2026, 11, 1))
    by_hand(city, DUE, "agency")
    remind(date(2026, 12, 15))

    assert [told(f"late-{rung}") for rung in range(4)] == [["agency_contact"]] * 4


def test_a_unit_without_accounts_is_a_matter_of_its_liaison_officer(city):
    city.organizations["mute"] = Organization.objects.create(
        jurisdiction=city.jurisdiction,
        key="mute",
        name="试验市水务局",
        short_name="市水务局",
        kind="agency",
        side="government",
    )
    by_hand(city, DUE, "mute")

    remind(date(2026, 11, 23))

    assert told("before-1") == ["gov_officer"]
    assert "试验市水务局应于2026年11月24日 星期二前完成" in Notice.objects.get().text


def test_where_there_is_no_account_at_all_nothing_waits_for_ever(city):
    RoleBinding.objects.update(valid_to=date(2026, 11, 1))
    city.body.seats.update(valid_to=date(2026, 11, 1))
    by_hand(city, DUE)
    assert remind(date(2026, 11, 23)) == 1
    assert remind(date(2026, 11, 23)) == 0

    RoleBinding.objects.filter(user=city.users["court_officer"]).update(valid_to=None)
    remind(DUE)
    assert (told("before-1"), told("today")) == ([], ["court_officer"])


@pytest.mark.parametrize("changes", [{"is_active": False}, {"expires_on": date(2026, 11, 23)}])
def test_a_handler_without_an_account_any_more_is_replaced_by_the_organization(city, changes):
    handler = city.users["recorder"]
    for name, value in changes.items():
        setattr(handler, name, value)
    handler.save()
    by_hand(city, DUE, handler=handler)
    remind(DUE)

    assert told("today") == ["court_convenor", "court_deputy", "court_officer"]


def test_the_words_name_who_owes_it_until_when_and_why(city):
    deadline = by_hand(city, DUE, basis="制度三（六）", handler=city.users["court_officer"])
    for day in (23, 24, 25):
        remind(date(2026, 11, day))

    notices = Notice.objects.order_by("pk")
    assert [notice.title for notice in notices] == [
        "2026年11月24日 星期二到期：报送议题",
        "今天到期：报送议题",
        "已逾期（2026年11月24日 星期二到期）：报送议题",
    ]
    assert notices[0].subject == deadline
    assert "试验市人民法院应于2026年11月24日 星期二前完成" in notices[0].text
    assert "依据：制度三（六）" in notices[0].text


@pytest.mark.parametrize("count", [1, 3])
def test_asking_costs_the_same_however_much_is_open(city, count, django_assert_num_queries):
    for unit in ("court", "gov", "agency")[:count]:
        by_hand(city, DUE, unit, handler=city.users["court_officer"])
    remind(date(2026, 11, 20))

    with django_assert_num_queries(30):
        remind(date(2026, 11, 23))

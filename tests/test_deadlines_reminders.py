from datetime import UTC, date, datetime, timedelta

import pytest

from foundations.notifications.models import Delivery, Notice
from members.models import RoleBinding
from services.deadlines.actions import meet, move_due, open_deadline
from services.deadlines.models import Reminder
from services.deadlines.reminders import remind_due
from services.deadlines.tasks import remind_due as task

DUE = date(2026, 11, 24)  # a Tuesday


def remind(day):
    return remind_due(on=day, at=datetime(day.year, day.month, day.day, 1, tzinfo=UTC))


@pytest.fixture
def owed(city):
    """owed() is what the court owes for the body by Tuesday, 24 November 2026."""

    def opened(due_on=DUE, **changes):
        given = {
            "actor": None,
            "title": "报送议题",
            "jurisdiction": city.jurisdiction,
            "owed_by": city.organizations["court"],
            "trigger_on": date(2026, 11, 2),
            "due_on": due_on,
            "basis": "制度三（六）",
        }
        return open_deadline(city.body, "TOPICS", **given | changes)

    return opened


# the day on which the portal asks, and the threshold that it tells then
DAYS = [
    ("2026-11-18", None),
    ("2026-11-19", "workdays-3"),
    ("2026-11-20", "workdays-3"),
    ("2026-11-22", "workdays-3"),
    ("2026-11-23", "workdays-1"),
    ("2026-11-24", "workdays-0"),
    ("2026-11-25", "overdue-0"),
    ("2026-11-30", "overdue-0"),
    ("2026-12-01", "overdue-1"),
    ("2026-12-08", "overdue-2"),
]


@pytest.mark.parametrize(("day", "threshold"), DAYS)
def test_what_a_single_night_tells(owed, day, threshold):
    owed()

    remind(date.fromisoformat(day))

    told = list(Reminder.objects.values_list("threshold", flat=True))
    assert told == ([f"{threshold}:{DUE}"] if threshold else [])


def test_three_working_days_reach_across_a_long_holiday(owed):
    owed(due_on=date(2026, 10, 9))

    assert remind(date(2026, 9, 28)) == 0
    assert remind(date(2026, 9, 29)) == 1


def test_every_night_for_a_month_tells_each_threshold_once(city, owed):
    owed()

    for night in range(30):
        remind(date(2026, 11, 10) + timedelta(days=night))

    told = Reminder.objects.order_by("pk").values_list("threshold", flat=True)
    assert [mark.partition(":")[0] for mark in told] == [
        "workdays-3",
        "workdays-1",
        "workdays-0",
        "overdue-0",
        "overdue-1",
        "overdue-2",
    ]
    assert Notice.objects.filter(recipient=city.users["court_officer"]).count() == 6


def test_nights_that_did_not_run_lose_nothing(owed):
    owed()

    assert [remind(date(2026, 11, day)) for day in (23, 23, 28)] == [1, 0, 1]


def test_whoever_acts_for_the_organization_is_told_in_words(city, owed):
    deadline = owed()
    remind(date(2026, 11, 23))

    notices = Notice.objects.order_by("recipient__username")
    assert [notice.recipient.username for notice in notices] == [
        "court_convenor",
        "court_deputy",
        "court_officer",
    ]
    assert notices[0].subject == deadline
    assert notices[0].title == "2026年11月24日 星期二到期：报送议题"
    assert "试验市人民法院应于2026年11月24日 星期二前完成" in notices[0].text
    assert "依据：制度三（六）" in notices[0].text
    assert Delivery.objects.count() == 3


def test_a_handler_is_told_alone(city, owed):
    owed(handler=city.users["recorder"])
    remind(DUE)

    assert Notice.objects.get().recipient == city.users["recorder"]
    assert Notice.objects.get().title == "今天到期：报送议题"


def test_a_handler_without_an_account_any_more_is_replaced_by_the_organization(city, owed):
    city.users["recorder"].is_active = False
    city.users["recorder"].save()
    owed(handler=city.users["recorder"])
    remind(DUE)

    assert Notice.objects.filter(recipient=city.users["court_officer"]).exists()


def test_where_nobody_is_to_be_told_the_reminder_waits_for_somebody(city, owed):
    RoleBinding.objects.filter(organization__side="court").update(valid_to=date(2026, 11, 1))
    owed()
    assert remind(DUE) == 0

    RoleBinding.objects.filter(user=city.users["court_officer"]).update(valid_to=None)

    assert remind(DUE) == 1


def test_a_limit_that_moves_is_told_anew(city, owed):
    owed()
    remind(DUE)
    move_due(city.body, "TOPICS", actor=None, due_on=date(2026, 11, 25))

    assert remind(DUE) == 1
    assert Reminder.objects.count() == 2


def test_what_is_done_is_not_reminded_of(city, owed):
    owed()
    meet(city.body, "TOPICS", actor=None, on=date(2026, 11, 20))

    assert remind(DUE) == 0


def test_the_task_reads_the_clock(owed, time_machine):
    time_machine.move_to(datetime(2026, 11, 23, 23, 0, tzinfo=UTC))  # 24 November in Shanghai
    owed()

    task()

    assert Reminder.objects.get().threshold == f"workdays-0:{DUE}"


@pytest.mark.parametrize("count", [1, 3])
def test_asking_costs_the_same_however_much_is_open(city, owed, count, django_assert_num_queries):
    for number in range(count):
        owed(owed_by=city.organizations[["court", "gov", "agency"][number]])
    remind(date(2026, 11, 23))

    with django_assert_num_queries(4):
        remind(date(2026, 11, 23))

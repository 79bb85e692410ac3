"""The digest: one mail a person and working day, of all limits at once."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from foundations.notifications.delivery import deliver_pending
from foundations.notifications.models import Delivery, Notice
from members.models import User
from services.deadlines.actions import meet, suspend
from services.deadlines.digests import send_digests
from services.deadlines.models import Deadline, Digest
from services.deadlines.reminders import remind_due
from tests.limits import by_hand

DUE = date(2026, 11, 24)  # a Tuesday


def clock(day, words):
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(words)))


def run(day, words="08:30"):
    """What the task does at that time: remind, then write the digests; how many were."""
    at = clock(day, words)
    remind_due(on=day, at=at)
    return send_digests(on=day, at=at)


def digest_of(user, day):
    return Notice.objects.get(
        recipient=user, reason="digest", subject_id=Digest.objects.get(recipient=user, on=day).pk
    )


@pytest.fixture
def officer(city):
    return city.users["court_officer"]


@pytest.fixture
def owed(city, officer):
    """owed(day, title) is a limit that the officer handles."""

    def opened(day, title="报送议题", **changes):
        return by_hand(city, day, title=title, rule=title, handler=officer, **changes)

    return opened


def test_it_tells_what_is_over_what_is_due_and_what_is_new(owed, officer):
    owed(date(2026, 11, 16), "答复建议")
    owed(DUE, "报送议题")
    owed(date(2026, 11, 25), "整改")
    owed(date(2027, 3, 1), "年度报告")

    assert run(DUE) == 1

    notice = digest_of(officer, DUE)
    assert notice.title == "今日期限：逾期 1 项，今天到期 1 项，新提醒 1 项"
    assert notice.text.splitlines() == [
        "逾期 8 日：答复建议（截止日 2026年11月16日 星期一）",
        "今天到期：报送议题",
        "2026年11月25日 星期三到期：整改",
    ]


def test_an_overdue_limit_is_a_line_of_every_day_and_a_notice_of_few(owed, officer):
    owed(date(2026, 11, 16), "答复建议")

    days = [date(2026, 11, number) for number in range(17, 28)]
    assert sum(run(day) for day in days) == 9  # working days

    assert [digest_of(officer, day).text[:6] for day in days if day.isoweekday() < 6] == [
        f"逾期 {number} 日"[:6] for number in (1, 2, 3, 4, 7, 8, 9, 10, 11)
    ]
    assert Notice.objects.filter(reason__startswith="due:late").count() == 2


TIMES = [
    ("2026-11-24", "08:29", 0),
    ("2026-11-24", "08:30", 1),
    ("2026-11-24", "16:00", 1),
    ("2026-11-24", "17:30", 0),
    ("2026-11-28", "09:00", 0),  # a Saturday
    ("2026-10-10", "09:00", 1),  # a Saturday that is worked
    ("2026-10-03", "09:00", 0),
]


@pytest.mark.parametrize(("day", "words", "count"), TIMES)
def test_when_it_is_written(owed, day, words, count):
    on = date.fromisoformat(day)
    owed(on - timedelta(days=1), trigger_on=date(2026, 8, 3))

    assert run(on, words) == count


@pytest.mark.parametrize(
    ("opens", "words", "count"), [(7, "08:00", 0), (7, "08:30", 1), (9, "08:45", 0)]
)
def test_not_before_half_past_eight_nor_before_the_office_opens(city, owed, opens, words, count):
    city.jurisdiction.opens_at = time(opens)
    city.jurisdiction.save()
    owed(DUE)

    assert run(DUE, words) == count


def test_once_a_day_in_one_mail_under_one_id(owed, django_capture_on_commit_callbacks):
    owed(date(2026, 11, 25))

    with django_capture_on_commit_callbacks(execute=False):
        counts = [run(DUE, words) for words in ("08:30", "08:30", "09:00", "17:00")]

    assert counts == [1, 0, 0, 0]
    assert Delivery.objects.count() == 1
    for words in ("08:31", "08:32"):
        deliver_pending(at=clock(DUE, words))
    assert [one.extra_headers["Message-ID"] for one in mail.outbox] == [
        Delivery.objects.get().message_id
    ]


def test_nothing_to_tell_is_no_digest_until_there_is_something(owed):
    assert run(DUE) == 0
    owed(DUE)

    assert [run(DUE, "11:00"), run(DUE, "11:30")] == [1, 0]


def test_what_is_told_after_the_digest_is_in_the_next_one(owed, officer):
    owed(DUE, "报送议题")
    run(DUE)
    owed(date(2026, 12, 15), "整改")
    run(DUE, "10:00")
    assert "整改" not in digest_of(officer, DUE).text

    run(date(2026, 11, 25))
    run(date(2026, 11, 26))

    assert "2026年12月15日 星期二到期：整改" in digest_of(officer, date(2026, 11, 25)).text
    assert "整改" not in digest_of(officer, date(2026, 11, 26)).text


def test_what_is_done_or_stands_still_meanwhile_is_not_told(city, owed, officer):
    owed(date(2026, 11, 20), "答复建议")
    owed(date(2026, 11, 25), "整改")
    remind_due(on=DUE, at=clock(DUE, "08:30"))
    meet(city.body, "答复建议", actor=None, on=DUE)
    suspend(city.body, "整改", actor=None, on=DUE, reason="鉴定")

    assert send_digests(on=DUE, at=clock(DUE, "09:00")) == 0


def test_a_clock_that_is_set_back_writes_no_second_one(owed, officer):
    owed(date(2026, 11, 20))

    assert [run(DUE), run(date(2026, 11, 23)), run(DUE), run(date(2026, 11, 25))] == [1, 1, 0, 1]


def test_who_gets_a_limit_that_nobody_handles(city):
    by_hand(city, DUE, "agency")
    run(DUE)

    assert [digest.recipient for digest in Digest.objects.all()] == [city.users["agency_contact"]]


def test_the_limit_of_a_handler_who_left_lies_with_the_organization(city, owed, officer):
    officer.is_active = False
    officer.save()
    owed(date(2026, 11, 20))
    run(DUE)

    assert sorted(Digest.objects.values_list("recipient__username", flat=True)) == [
        "court_convenor",
        "court_deputy",
    ]


def test_who_climbs_the_ladder_finds_it_in_the_digest(city):
    by_hand(city, DUE, "agency", handler=city.users["agency_contact"])
    run(date(2026, 12, 1))

    assert digest_of(city.users["gov_officer"], date(2026, 12, 1)).text == (
        "已逾期（2026年11月24日 星期二到期）：报送议题"
    )


def test_it_stays_short(owed, officer):
    for number in range(23):
        owed(date(2026, 11, 20), f"事项{number}")
    run(DUE)

    lines = digest_of(officer, DUE).text.splitlines()
    assert len(lines) == 21
    assert lines[-1] == "另有 3 项，请登录平台查看"


def test_no_two_digests_of_a_day_can_be_written(owed, officer):
    owed(DUE)
    run(DUE)
    Notice.objects.all().delete()

    assert send_digests(on=DUE, at=clock(DUE, "09:00")) == 0
    assert Deadline.objects.count() == Digest.objects.count() == 1
    assert User.objects.filter(digests__on=DUE).get() == officer

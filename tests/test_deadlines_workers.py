"""Two workers at once on real PostgreSQL: every reminder once, every digest once."""

from collections import Counter
from datetime import date

import pytest

from foundations.calendars.periods import Length, Unit
from foundations.notifications.models import Delivery, Notice
from services.deadlines import reminders
from services.deadlines.actions import confirm_moves, meet, recount_open
from services.deadlines.digests import send_digests
from services.deadlines.models import Deadline, Digest, Move, Reminder
from services.deadlines.reminders import remind_due
from tests.limits import at_nine, by_hand, counted
from tests.workers import together

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
DUE = date(2026, 11, 24)
LIMITS = 60


@pytest.fixture
def limits(city, monkeypatch):
    """Sixty limits, of which a third is over; told in small batches, so that workers meet."""
    monkeypatch.setattr(reminders, "BATCH", 7)
    days = (DUE, date(2026, 11, 25), date(2026, 11, 13))
    return [
        by_hand(city, days[n % 3], rule=f"TEST-{n}", handler=city.users["court_officer"])
        for n in range(LIMITS)
    ]


def run():
    return remind_due(on=DUE, at=at_nine(DUE))


def test_two_workers_tell_every_limit_once(limits):
    told = together(run, run)

    # twenty due today, twenty tomorrow, and of twenty that are over two rungs each
    assert sum(told) == Reminder.objects.count() == 80
    assert not Reminder.objects.filter(told_at=None).exists()
    notices = Counter(Notice.objects.values_list("recipient", "subject_id", "reason"))
    assert len(notices) == sum(notices.values()) == 80
    assert together(run, run) == [0, 0]


def test_a_limit_that_is_met_at_the_same_moment_does_no_harm(city, limits):
    def meet_all():
        for n in range(LIMITS):
            meet(city.body, f"TEST-{n}", actor=None, on=DUE)

    told, met = together(run, meet_all)

    assert (isinstance(told, int), met) == (True, None), repr(told)
    assert not Deadline.objects.open().exists()
    assert run() == 0


def test_two_workers_write_every_digest_once(limits):
    run()

    def write():
        return send_digests(on=DUE, at=at_nine(DUE))

    assert sum(together(write, write, write)) == Digest.objects.count() == 1
    assert Notice.objects.filter(reason="digest").count() == 1
    assert Delivery.objects.filter(notice__reason="digest").count() == 1


def test_two_workers_open_and_recount_without_twins(city):
    for n in range(20):
        counted(city, date(2027, 1, 9), "30 days", rule=f"TEST-{n}")
    Deadline.objects.update(counted_with="old", length_n=31, length_unit=Unit.DAYS)

    assert sum(together(recount_open, recount_open)) == Move.objects.count() == 20

    moves = list(Move.objects.values_list("pk", flat=True))
    officer = city.users["court_officer"]
    confirmed = together(
        lambda: len(confirm_moves(moves, actor=officer)),
        lambda: len(confirm_moves(moves, actor=officer)),
    )
    assert sorted(confirmed) == [0, 20]
    assert {row.length for row in Deadline.objects.all()} == {Length(31, Unit.DAYS)}

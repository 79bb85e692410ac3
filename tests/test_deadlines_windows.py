"""A right that lapses: nobody is reminded, nobody is late, and it ends by itself."""

from datetime import date

import pytest
from django.utils import timezone

from foundations.audit.models import AuditEntry
from foundations.notifications.feeds import Window
from services.deadlines.actions import cancel, lapse_windows, meet, recount_open, suspend
from services.deadlines.digests import Contents
from services.deadlines.explanation import explain
from services.deadlines.feed import limits_of
from services.deadlines.models import Deadline, Move, Reminder
from services.deadlines.reminders import remind_due
from services.deadlines.templatetags.deadlines_tags import deadline_due
from tests.limits import RULE, at_nine, by_hand, counted

DAY = date(2026, 10, 30)
NEXT = date(2026, 11, 2)


@pytest.mark.parametrize("window", [False, True])
def test_duties_are_reminded_of_and_rights_are_not(city, window):
    by_hand(city, DAY, window=window)
    remind_due(on=DAY, at=at_nine(DAY))
    remind_due(on=NEXT, at=at_nine(NEXT))
    assert Reminder.objects.exists() is not window
    officer = city.users["court_officer"]
    assert Contents.of(officer, DAY).is_empty is window
    shown = list(limits_of(officer, Window(on=DAY)))
    assert bool(shown) is not window


def test_rights_are_in_no_list_of_what_is_overdue(city, as_user):
    today = timezone.localdate()
    past = today.replace(year=today.year - 1)
    by_hand(city, past, trigger_on=past.replace(month=1, day=2), window=True, title="上诉期间")
    by_hand(city, past, rule="OTHER", trigger_on=past.replace(month=1, day=2), title="答复期限")
    client = as_user(city.users["court_officer"])
    page = client.get("/deadlines/?when=overdue").content.decode()
    assert "答复期限" in page
    assert "上诉期间" not in page
    page = client.get("/deadlines/?when=open").content.decode()
    assert "上诉期间" in page
    assert "届满" in page


@pytest.mark.parametrize(
    ("on", "state"), [(DAY, "open"), (date(2026, 10, 31), "lapsed"), (NEXT, "lapsed")]
)
def test_it_lapses_the_day_after_its_last(city, on, state):
    right = by_hand(city, DAY, window=True)
    duty = by_hand(city, DAY, rule="OTHER")
    lapse_windows(on=on)
    right.refresh_from_db()
    duty.refresh_from_db()
    assert (right.state, duty.state) == (state, "open")
    assert right.closed_on == (DAY if state == "lapsed" else None)
    entries = AuditEntry.objects.filter(action="deadlines.deadline.lapsed").count()
    assert entries == (state == "lapsed")
    assert lapse_windows(on=on) == 0


def test_a_right_that_stands_still_does_not_lapse(city):
    right = counted(city, date(2026, 10, 12), "10 days", window=True)
    suspend(city.body, RULE, actor=None, on=date(2026, 10, 20), reason="中止")
    assert lapse_windows(on=date(2027, 1, 4)) == 0
    right.refresh_from_db()
    assert right.state == "suspended"


@pytest.mark.parametrize(("on", "state"), [(DAY, "cancelled"), (NEXT, "lapsed")])
def test_its_subject_ends_it(city, on, state):
    right = by_hand(city, DAY, window=True)
    cancel(city.body, RULE, actor=None, on=on)
    right.refresh_from_db()
    assert right.state == state


def test_a_right_that_was_used_is_met(city):
    right = by_hand(city, DAY, window=True)
    meet(city.body, RULE, actor=None, on=DAY)
    right.refresh_from_db()
    assert right.state == "met"
    assert lapse_windows(on=NEXT) == 0


def test_a_new_calendar_moves_it_like_others(city):
    right = counted(city, date(2026, 10, 12), "15 days", window=True)
    Deadline.objects.filter(pk=right.pk).update(
        counted_with="older+law", due_on=date(2026, 10, 26)
    )
    assert recount_open() == 1
    assert Move.objects.get().after_on == date(2026, 10, 27)


def test_it_is_shown_as_a_period(city):
    right = by_hand(city, timezone.localdate(), trigger_on=date(2026, 10, 12), window=True)
    assert deadline_due(right)["words"] == "期间还有0天"
    assert "这是当事人行使权利的期间" in "".join(explain(right).notes)

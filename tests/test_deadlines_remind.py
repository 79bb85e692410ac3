"""`manage.py remind`: the run of a day by hand."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command

from foundations.notifications.models import Notice
from services.deadlines.models import Digest, Reminder
from tests.limits import by_hand

DUE = date(2026, 11, 24)  # a Tuesday


@pytest.fixture
def remind(city, capsys):
    """remind(words) runs the command on a city with one limit; what it printed."""
    by_hand(city, DUE, handler=city.users["court_officer"])

    def run(*words):
        call_command("remind", *words)
        return capsys.readouterr().out.strip()

    return run


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-24", "2026-11-24: 1 reminders, 1 digests"),
        ("2026-11-28", "2026-11-28: 0 reminders, 0 digests"),  # a Saturday
        ("2026-12-15", "2026-12-15: 4 reminders, 3 digests"),
    ],
)
def test_it_acts_as_if_it_were_that_day(remind, day, said):
    assert remind("--on", day) == said
    assert set(Digest.objects.values_list("on", flat=True)) <= {date.fromisoformat(day)}


def test_a_second_time_does_no_harm(remind):
    remind("--on", str(DUE))

    assert remind("--on", str(DUE)) == "2026-11-24: 0 reminders, 0 digests"
    assert (Reminder.objects.count(), Digest.objects.count(), Notice.objects.count()) == (1, 1, 2)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (datetime(2026, 11, 24, 1, 0, tzinfo=UTC), "2026-11-24: 1 reminders, 1 digests"),
        (datetime(2026, 11, 24, 15, 0, tzinfo=UTC), "2026-11-24: 0 reminders, 0 digests"),
    ],
    ids=["at nine", "at eleven in the night"],
)
def test_without_a_day_it_reads_the_clock_and_keeps_the_office_hours(
    remind, time_machine, now, said
):
    time_machine.move_to(now)

    assert remind() == said


def test_a_day_that_is_none_is_refused(remind):
    with pytest.raises(CommandError, match="2026-13-01"):
        remind("--on", "2026-13-01")

    assert not Reminder.objects.exists()

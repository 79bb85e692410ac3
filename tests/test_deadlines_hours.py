"""Reminders keep office hours: the usual ones, or those of the profile."""

from datetime import UTC, date, datetime, time

import pytest
from django.utils import timezone

from foundations.notifications.models import Notice
from mechanisms.loading.hours import office_hours
from members.actions.organizations import set_working_time
from members.models import Jurisdiction
from services.deadlines.models import Reminder
from services.deadlines.reminders import remind_due
from services.deadlines.tasks import remind_due as task
from tests.limits import at_nine, by_hand
from tests.profiles import load, refused, written

DUE = date(2026, 11, 24)  # a Tuesday


def remind(day):
    return remind_due(on=day, at=at_nine(day))


def reached():
    return list(Reminder.objects.order_by("pk").values_list("stage", flat=True))


HOURS = [("08:29", 0), ("08:30", 1), ("17:29", 1), ("17:30", 0), ("23:00", 0)]


@pytest.mark.parametrize(("clock", "count"), HOURS)
def test_only_in_office_hours(city, clock, count):
    by_hand(city, DUE)
    at = timezone.make_aware(datetime.combine(DUE, time.fromisoformat(clock)))

    assert remind_due(on=DUE, at=at) == count


@pytest.mark.parametrize(
    ("day", "count"),
    [
        ("2026-10-10", 1),  # a Saturday that is worked
        ("2026-10-11", 0),
        ("2026-10-01", 0),
        ("2026-10-07", 0),
    ],
)
def test_only_on_working_days(city, day, count):
    by_hand(city, date(2026, 9, 30), trigger_on=date(2026, 9, 1))

    assert bool(remind(date.fromisoformat(day))) == bool(count)


@pytest.mark.parametrize(("clock", "count"), [("08:45", 0), ("09:00", 1), ("17:45", 1)])
def test_the_hours_of_the_profile(city, clock, count):
    set_working_time(
        city.jurisdiction.pk,
        actor=None,
        regional_days=True,
        opens_at=time(9),
        closes_at=time(18),
    )
    by_hand(city, DUE)
    at = timezone.make_aware(datetime.combine(DUE, time.fromisoformat(clock)))

    assert remind_due(on=DUE, at=at) == count


def test_a_place_that_is_closed_is_not_told_because_another_is_open(city):
    early = Jurisdiction.objects.create(
        key="early", name="早市", opens_at=time(7), closes_at=time(8)
    )
    deadline = by_hand(city, DUE, jurisdiction=early)
    Reminder.objects.create(deadline=deadline, due_on=DUE, stage="today", at=at_nine(DUE))

    assert remind(DUE) == 0
    assert not Notice.objects.exists()
    assert remind_due(on=DUE, at=datetime(2026, 11, 23, 23, 30, tzinfo=UTC)) == 1


def test_the_rest_days_of_a_region_are_kept_free_too(city):
    place = city.jurisdiction
    place.division_code = "650100"
    place.save()
    by_hand(city, date(2025, 6, 5), trigger_on=date(2025, 5, 6))

    assert remind(date(2025, 6, 6)) == 0  # 古尔邦节 in Xinjiang, a Friday
    assert remind(date(2025, 6, 11)) == 1


def test_the_task_reads_the_clock(city, time_machine):
    time_machine.move_to(datetime(2026, 11, 24, 0, 30, tzinfo=UTC))  # half past eight there
    by_hand(city, DUE)

    task()

    assert reached() == ["today"]


@pytest.fixture
def profile(tmp_path):
    """profile(hours) is a file of a small institution with these office hours."""

    def made(hours=""):
        named = f', office_hours: "{hours}"' if hours else ""
        return written(
            tmp_path / "profile.yaml",
            "jurisdiction: {key: small, name: 小城}",
            f"jurisdiction: {{key: small, name: 小城{named}}}",
        )

    return made


@pytest.mark.django_db
def test_a_profile_says_the_office_hours_and_may_change_them(profile, capsys):
    load(profile("9:00-18:00"), capsys)
    place = Jurisdiction.objects.get()
    assert (place.opens_at, place.closes_at) == (time(9), time(18))


def test_without_a_word_the_hours_are_the_usual_ones():
    assert office_hours({}) == (time(8, 30), time(17, 30))
    assert office_hours({"office_hours": "10:00-19:30"}) == (time(10), time(19, 30))


@pytest.mark.django_db
@pytest.mark.parametrize("hours", ["18:00-9:00", "9:00", "25:00-26:00", "9-18"])
def test_hours_that_nobody_can_mean_are_refused(profile, capsys, hours):
    faults = refused(profile(hours), capsys)

    assert [path for _line, path, _message in faults] == ["jurisdiction.office_hours"]

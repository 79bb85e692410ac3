from celery import shared_task
from django.utils import timezone

from services.deadlines import digests, reminders
from services.deadlines.actions import lapse_windows, recount_open
from services.deadlines.announcing import announce_missing_years


@shared_task
def remind_due() -> None:
    """Through the office hours; a second run, or a run after days without one, does no harm."""
    now = timezone.now()
    today = timezone.localdate(now)
    reminders.remind_due(on=today, at=now)
    digests.send_digests(on=today, at=now)


@shared_task
def recount() -> None:
    """Before the day begins: propose what new holidays or rules would move."""
    recount_open()


@shared_task
def lapse() -> None:
    """At night: rights whose last day was yesterday are over."""
    lapse_windows(on=timezone.localdate())


@shared_task
def announce_holidays() -> None:
    """At night: from November on, that next year's holidays are not entered."""
    now = timezone.now()
    announce_missing_years(on=timezone.localdate(now), at=now)

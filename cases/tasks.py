from celery import shared_task
from django.utils import timezone

from cases.actions.hearing_reminders import remind_agencies
from cases.actions.silence import open_rights_to_sue


@shared_task
def open_silence() -> None:
    """At night: whose reconsideration was not decided in time may sue from now on."""
    open_rights_to_sue(on=timezone.localdate())


@shared_task
def remind_of_hearings() -> None:
    """In the morning: the agencies of the hearings of the next working days."""
    now = timezone.now()
    remind_agencies(on=timezone.localdate(now), at=now)

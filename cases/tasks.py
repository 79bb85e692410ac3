from celery import shared_task
from django.utils import timezone

from cases.actions.silence import open_rights_to_sue


@shared_task
def open_silence() -> None:
    """At night: whose reconsideration was not decided in time may sue from now on."""
    open_rights_to_sue(on=timezone.localdate())

"""Background work of what units hand in: a thin entry point that reads the clock."""

from celery import shared_task
from django.utils import timezone

from returns.actions.opening import open_all


@shared_task
def open_owed() -> None:
    """By night: the returns, documents and reports that units owe from today on."""
    now = timezone.now()
    open_all(on=timezone.localdate(now), at=now)

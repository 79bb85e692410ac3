"""Background work of bulletins: thin entry points that read the clock."""

from celery import shared_task
from django.utils import timezone

from bulletins.actions import obligations


@shared_task
def open_instalments() -> None:
    """By night: what each side has to tell within a year, with its limits."""
    obligations.open_instalments(on=timezone.localdate())

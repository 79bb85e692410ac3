from celery import shared_task
from django.utils import timezone

from services.deadlines import reminders


@shared_task
def remind_due() -> None:
    """Once in the morning; a second run, or a run after days without one, does no harm."""
    now = timezone.now()
    reminders.remind_due(on=timezone.localdate(now), at=now)

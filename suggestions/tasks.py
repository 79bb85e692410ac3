"""Background work of suggestions: thin entry points that read the clock."""

from celery import shared_task
from django.utils import timezone

from suggestions.actions.proposals import notice_classes


@shared_task
def notice_proposals() -> None:
    """By night: put what the letters of the last twelve months show to those who decide."""
    now = timezone.now()
    notice_classes(on=timezone.localdate(now), at=now)

"""What the timetable starts: reports that come due to be asked for."""

from celery import shared_task
from django.utils import timezone

from workplans.actions import terms


@shared_task
def open_terms() -> int:
    """Safe to repeat, and to miss: what was missed is asked for the next time."""
    return terms.open_terms(on=timezone.localdate())

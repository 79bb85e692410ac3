"""Background work of suggestions: thin entry points that read the clock."""

from celery import shared_task
from django.utils import timezone

from suggestions.actions.proposals import notice_classes, notice_disputes
from suggestions.actions.reports import open_yearly_duties


@shared_task
def notice_proposals() -> None:
    """By night: put what letters and disputes of twelve months show to those who decide."""
    now = timezone.now()
    notice_classes(on=timezone.localdate(now), at=now)
    notice_disputes(on=timezone.localdate(now), at=now)


@shared_task
def open_report_duties() -> None:
    """By night, in the first quarter: who owes a report on last year's letters."""
    open_yearly_duties(on=timezone.localdate())

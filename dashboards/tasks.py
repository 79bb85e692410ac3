"""Background work of the dashboards: thin entry points that read the clock."""

from celery import shared_task
from django.utils import timezone

from dashboards.actions import freeze_months


@shared_task
def freeze_last_month() -> None:
    """By night: keep how the clauses stood at the end of last month; once a month."""
    now = timezone.now()
    freeze_months(on=timezone.localdate(now), at=now)

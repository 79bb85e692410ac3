"""Background work of the dashboards: thin entry points that read the clock."""

from celery import shared_task
from django.utils import timezone

from dashboards.actions import freeze_months, mail_queries


@shared_task
def freeze_last_month() -> None:
    """By night: keep how the clauses stood at the end of last month; once a month."""
    now = timezone.now()
    freeze_months(on=timezone.localdate(now), at=now)


@shared_task
def mail_saved_queries() -> None:
    """Each morning: the figures of the queries whose day of the month has come."""
    now = timezone.now()
    mail_queries(on=timezone.localdate(now), at=now)

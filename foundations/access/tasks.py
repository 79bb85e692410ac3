from celery import shared_task
from django.utils import timezone

from foundations.access import grants


@shared_task
def end_expired_grants() -> None:
    grants.end_expired(on=timezone.localdate())

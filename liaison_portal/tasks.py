from celery import shared_task
from django.utils import timezone

from liaison_portal.health import note_heartbeat


@shared_task
def heartbeat() -> None:
    note_heartbeat(timezone.now())

"""Background work of the meetings: thin entry points that read the clock."""

from celery import shared_task
from django.utils import timezone

from mechanisms.models import Mechanism
from meetings.actions import planning, receipts


@shared_task
def plan_ahead() -> None:
    """Plan every mechanism's regular meetings as far ahead as its profile says."""
    now = timezone.now()
    for mechanism_id in Mechanism.objects.order_by("pk").values_list("pk", flat=True):
        planning.plan_ahead(mechanism_id, actor=None, on=timezone.localdate(now), at=now)


@shared_task
def remind_participants() -> None:
    """Remind the notified of the meetings that are near."""
    now = timezone.now()
    receipts.remind(timezone.localdate(now), at=now)

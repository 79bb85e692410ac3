from celery import shared_task
from django.utils import timezone

from foundations.notifications import delivery


@shared_task
def deliver_pending() -> None:
    """Send the mail that is due; started by each notice and by the sweep every minute."""
    delivery.deliver_pending(at=timezone.now())

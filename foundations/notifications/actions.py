from datetime import datetime

from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.notifications.models import Notice


@action
def mark_read(notice_id: int, *, actor: Actor, at: datetime) -> Notice:
    """The recipient has read one notice; a second time changes nothing."""
    notice = Notice.objects.select_for_update().get(pk=notice_id)
    policy_for(Notice).require(actor, "read", notice)
    if notice.read_at is None:
        notice.read_at = at
        notice.save(update_fields=["read_at"])
        record(actor, "notifications.notice.read", notice)
    return notice


@action
def mark_all_read(*, actor: Actor, at: datetime) -> int:
    """Everything told to `actor` up to `at` is read; returns how much was not."""
    count = Notice.objects.filter(recipient=actor, read_at=None, at__lte=at).update(read_at=at)
    if count:
        record(actor, "notifications.notices.read", actor, count=count)
    return count

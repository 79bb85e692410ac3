from foundations.access.policy import Policy, register
from foundations.notifications.models import Notice


@register(Notice)
class NoticePolicy(Policy):
    """A notice is its recipient's alone; what it is about has a policy of its own."""

    rules = {"read": lambda user, notice: notice.recipient_id == user.pk}

    def visible(self, user, rows):
        return rows.filter(recipient=user.pk)

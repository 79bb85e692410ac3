from django.db.models import QuerySet

from foundations.access.policy import Policy, register
from foundations.audit.actor import User
from foundations.notifications.models import Notice, Preferences


@register(Notice)
class NoticePolicy(Policy):
    """A notice is its recipient's alone; what it is about has a policy of its own."""

    rules = {"read": lambda user, notice: notice.recipient_id == user.pk}

    def visible(self, user: User, rows: QuerySet[Notice]) -> QuerySet[Notice]:
        return rows.filter(recipient=user.pk)


@register(Preferences)
class PreferencesPolicy(Policy):
    rules = {"keep": lambda user, chosen: chosen.user_id == user.pk}

    def visible(self, user: User, rows: QuerySet[Preferences]) -> QuerySet[Preferences]:
        return rows.filter(user=user.pk)

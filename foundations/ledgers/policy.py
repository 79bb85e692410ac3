from django.db.models import QuerySet

from foundations.access.policy import Policy, register
from foundations.audit.actor import User
from foundations.ledgers.models import SavedView


@register(SavedView)
class SavedViewPolicy(Policy):
    """A saved view is its owner's alone."""

    rules = {"delete": lambda user, view: view.owner_id == user.pk}

    def visible(self, user: User, rows: QuerySet[SavedView]) -> QuerySet[SavedView]:
        return rows.filter(owner=user.pk)

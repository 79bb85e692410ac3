from typing import Any

from django.db.models import QuerySet

from foundations.access.delegation import of_visible_subjects
from foundations.access.policy import Policy, policy_for, register
from members.models import User
from services.consents.models import Consent


@register(Consent)
class ConsentPolicy(Policy):
    """Whoever sees the subject sees what was put to the sides; its policy says who may."""

    def can(self, user: User, verb: str, row: Any = None) -> bool:
        return policy_for(row.subject).can(user, verb, row.subject)

    def visible(self, user: User, rows: QuerySet[Consent]) -> QuerySet[Consent]:
        return of_visible_subjects(user, rows)

from foundations.access.delegation import of_visible_subjects
from foundations.access.policy import Policy, policy_for, register
from services.consents.models import Consent


@register(Consent)
class ConsentPolicy(Policy):
    """Whoever sees the subject sees what was put to the sides; its policy says who may."""

    def can(self, user, verb, row=None):
        return policy_for(row.subject).can(user, verb, row.subject)

    def visible(self, user, rows):
        return of_visible_subjects(user, rows)

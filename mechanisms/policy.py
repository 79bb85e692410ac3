from foundations.access.policy import Policy, register
from mechanisms.models import Mechanism
from members.standing import standing


def nobody(user, mechanism) -> bool:
    """Institutions are loaded by the operator's command, never from a page."""
    return False


@register(Mechanism)
class MechanismPolicy(Policy):
    """Whoever has an account in a jurisdiction may read its institutions."""

    rules = {"load": nobody}

    def visible(self, user, rows):
        return rows.filter(jurisdiction__in=standing(user).jurisdictions)

from django.db.models import QuerySet

from foundations.access.policy import Policy, register, visible_to
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


def published_to(user) -> QuerySet[Mechanism]:
    """The institutions whose text the user may read.

    It is an issued document, so whoever works in the portal reads that of every city;
    guests and administrators read those of their own. All that is kept under an
    institution stays with its jurisdiction.
    """
    if standing(user).is_staff:
        return Mechanism.objects.all()
    return visible_to(user, Mechanism)


def works_under(user, mechanism: Mechanism) -> bool:
    """Are the pages that keep the mechanism's rules open to the user at all?"""
    mine = standing(user)
    return mine.is_staff and mechanism.jurisdiction_id in mine.jurisdictions

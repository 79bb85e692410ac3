from django.db.models import QuerySet

from foundations.access.policy import Policy, register, visible_to
from mechanisms.models import Mechanism
from members.models import User
from members.policy import works_in
from members.standing import standing

# The annex with its seats, and the plan that follows from the text, are published with it.
PUBLISHED = frozenset({"organization", "seat", "meeting_series"})


def nobody(user: User, mechanism: Mechanism) -> bool:
    """Institutions are loaded by the operator's command, never from a page."""
    return False


@register(Mechanism)
class MechanismPolicy(Policy):
    """Whoever has an account in a jurisdiction may read its institutions."""

    rules = {"load": nobody}

    def visible(self, user: User, rows: QuerySet[Mechanism]) -> QuerySet[Mechanism]:
        return rows.filter(jurisdiction__in=standing(user).jurisdictions)


def published_to(user: User) -> QuerySet[Mechanism]:
    """The institutions whose text the user may read.

    It is an issued document, so whoever works in the portal reads that of every city;
    guests and administrators read those of their own. What is kept under an
    institution, but for what is `PUBLISHED`, stays with its jurisdiction.
    """
    if standing(user).is_staff:
        return Mechanism.objects.all()
    return visible_to(user, Mechanism)


def opens(user: User, mechanism: Mechanism, record: str) -> bool:
    """Is the page open to the user where a rule of the institution is kept in `record`?"""
    at_home = works_in(user, mechanism.jurisdiction_id)
    return at_home or (standing(user).is_staff and record in PUBLISHED)

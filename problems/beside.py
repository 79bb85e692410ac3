"""Interpretations in force, for the clauses that they explain (YN-44)."""

from django.utils.text import Truncator

from foundations.access.policy import visible_to
from mechanisms.beside import Beside
from mechanisms.models import Mechanism
from members.models import User
from problems.models import Interpretation
from problems.states import AgreedState

SHOWN = 120


def interpretations(user: User, mechanism: Mechanism) -> dict[str, list[Beside]]:
    """By the number of the clause, whichever version of the text it was written on."""
    rows = visible_to(user, Interpretation).filter(mechanism=mechanism, state=AgreedState.IN_FORCE)
    found: dict[str, list[Beside]] = {}
    for one in rows.select_related("provision").order_by("in_force_on", "pk"):
        text = Truncator(one.text).chars(SHOWN)
        shown = Beside(one.title, text, one.in_force_on, one.get_absolute_url())
        found.setdefault(one.provision.number, []).append(shown)
    return found

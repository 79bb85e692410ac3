"""In whose name somebody urges an addressee."""

from datetime import date

from members.models import Organization, User
from members.policy import works_for
from suggestions.models import Addressee
from suggestions.policy.circle import copies_that_urge
from suggestions.units import successor_of


def sender_for(user: User | None, addressee: Addressee, on: date) -> Organization | None:
    """The issuer for its own people and for the portal; else the copied organization that
    the institution lets urge, or who has succeeded it; None for all others."""
    letter = addressee.suggestion
    if user is None or works_for(user, letter.issuer):
        return letter.issuer
    copy = copies_that_urge(user, letter).select_related("organization").first()
    if copy is None:
        return None
    unit = copy.organization
    return unit if unit.holds_on(on) else successor_of(unit, on) or unit

"""In whose name somebody urges an addressee."""

from datetime import date

from members.models import Organization, User
from members.standing import standing
from suggestions.models import Addressee
from suggestions.policy.circle import WORKERS, works_for
from suggestions.profile import rules_of
from suggestions.units import successor_of


def sender_for(user: User | None, addressee: Addressee, on: date) -> Organization | None:
    """The issuer for its own people and for the portal; else the copied organization that
    the institution lets urge, or who has succeeded it; None for all others."""
    letter = addressee.suggestion
    if user is None or works_for(user, letter.issuer):
        return letter.issuer
    mine = standing(user)
    if letter.issued_on is None or not mine.has(*WORKERS):
        return None
    copies = letter.copies.filter(
        sent_on__isnull=False,
        organization__key__in=rules_of(letter.mechanism, letter.issued_on).urged_by,
        organization__in=mine.organizations,
    )
    copy = copies.select_related("organization").first()
    if copy is None:
        return None
    unit = copy.organization
    return unit if unit.holds_on(on) else successor_of(unit, on) or unit

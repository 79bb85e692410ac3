"""Who takes part in a letter: the questions that its policies share."""

from django.db.models import QuerySet

from members.models import User
from members.policy import WORKERS, works_for
from members.standing import standing
from suggestions.models import Addressee, Copy, Suggestion
from suggestions.profile import rules_of
from suggestions.states import LetterState
from suggestions.units import units_named


def works_for_issuer(user: User, suggestion: Suggestion) -> bool:
    return works_for(user, suggestion.issuer)


def drafts(user: User, suggestion: Suggestion) -> bool:
    return suggestion.state == LetterState.DRAFT and works_for(user, suggestion.issuer)


def works_for_addressee(user: User, addressee: Addressee) -> bool:
    return works_for(user, addressee.organization)


def issuer_of(user: User, addressee: Addressee) -> bool:
    return works_for(user, addressee.suggestion.issuer)


def urges(user: User, addressee: Addressee) -> bool:
    """The issuer, and who holds a copy that lets urge."""
    letter = addressee.suggestion
    return works_for(user, letter.issuer) or copies_that_urge(user, letter).exists()


def copies_that_urge(user: User, letter: Suggestion) -> QuerySet[Copy]:
    """The user's copies of the letter, of whom the institution lets urge (YN-38, WJ-18)."""
    mine = standing(user)
    if letter.issued_on is None or not mine.has(*WORKERS):
        return Copy.objects.none()
    named = rules_of(letter.mechanism, letter.issued_on).urged_by
    urging = units_named(letter.jurisdiction_id, named, letter.issued_on).values()
    held = mine.organizations & {unit.pk for unit in urging}
    return letter.copies.filter(sent_on__isnull=False, organization__in=held)

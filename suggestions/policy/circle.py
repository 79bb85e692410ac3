"""Who takes part in a letter: the questions that its policies share."""

from members.models import Organization, User
from members.standing import standing
from members.states import Role
from suggestions.models import Addressee, Suggestion
from suggestions.profile import rules_of
from suggestions.states import LetterState

WORKERS = (Role.LIAISON_OFFICER, Role.RECORDER, Role.MEMBER_UNIT)


def works_for(user: User, organization: Organization) -> bool:
    """Does the daily work of an organization; leaders read, guests and administrators don't."""
    mine = standing(user)
    return mine.has(*WORKERS) and organization.pk in mine.organizations


def works_for_issuer(user: User, suggestion: Suggestion) -> bool:
    return works_for(user, suggestion.issuer)


def drafts(user: User, suggestion: Suggestion) -> bool:
    return suggestion.state == LetterState.DRAFT and works_for(user, suggestion.issuer)


def works_for_addressee(user: User, addressee: Addressee) -> bool:
    return works_for(user, addressee.organization)


def issuer_of(user: User, addressee: Addressee) -> bool:
    return works_for(user, addressee.suggestion.issuer)


def urges(user: User, addressee: Addressee) -> bool:
    """The issuer, and whom the institution lets urge and who was copied (YN-38, WJ-18)."""
    suggestion = addressee.suggestion
    if works_for(user, suggestion.issuer):
        return True
    if suggestion.issued_on is None:
        return False
    mine = standing(user)
    urging = rules_of(suggestion.mechanism, suggestion.issued_on).urged_by
    copies = suggestion.copies.filter(
        sent_on__isnull=False, organization__key__in=urging, organization__in=mine.organizations
    )
    return mine.has(*WORKERS) and copies.exists()

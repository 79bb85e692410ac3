"""The only writers of who handles a letter where it was issued, and where it is answered."""

from collections.abc import Iterable

from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members.models import User
from suggestions.actions.limits import hand_issuer_limits, hand_limits
from suggestions.actions.steps import locked_addressee, locked_letter, note
from suggestions.actions.supervision import hand_measures
from suggestions.models import Addressee


@action
def reassign_letters(ids: Iterable[int], *, actor: Actor, to: User | None) -> None:
    """Give the letters that one person handles for their issuer to another, with the limits
    for looking at replies and at what was carried out."""
    for pk in sorted(ids):
        letter = locked_letter(pk)
        letter.handler = to
        letter.store()
        record(actor, "suggestions.letter.reassigned", letter, handler=str(to or "—"))
        for addressee in letter.addressees.live():
            addressee.suggestion = letter
            hand_issuer_limits(addressee, actor)


@action
def reassign_addressees(ids: Iterable[int], *, actor: Actor, to: User | None) -> None:
    """Give the letters that one person answers for an addressee to another."""
    for pk in sorted(ids):
        give_to(locked_addressee(pk), to, actor)


def give_to(addressee: Addressee, handler: User | None, actor: Actor) -> None:
    """The locked addressee is handled by somebody else, and so are its limits."""
    addressee.handler = handler
    addressee.store()
    note(actor, "assigned", addressee, handler=str(handler or "—"))
    hand_limits(addressee, actor, before=addressee.organization)
    hand_measures(addressee, actor=actor)

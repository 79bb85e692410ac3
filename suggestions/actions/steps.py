"""What every action begins and ends with: lock the letter and its addressee, move, tell."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.audit.actor import Actor
from foundations.audit.trail import record
from foundations.notifications.send import notify_once
from members.models import Organization, User
from members.rosters import users_of
from members.standing import standing
from suggestions.models import Addressee, Suggestion
from suggestions.states import ADDRESSEE_MOVES, LETTER_MOVES, AddresseeState, LetterState


def locked_letter(suggestion_id: int) -> Suggestion:
    """The letter, locked until the transaction ends."""
    return (
        Suggestion.objects.select_for_update(of=("self",))
        .select_related("jurisdiction", "mechanism", "issuer")
        .get(pk=suggestion_id)
    )


def locked_addressee(addressee_id: int) -> Addressee:
    """The addressee with its letter, both locked, the letter first."""
    letter_id = Addressee.objects.values_list("suggestion", flat=True).get(pk=addressee_id)
    letter = locked_letter(letter_id)
    addressee = (
        Addressee.objects.select_for_update(of=("self",))
        .select_related("organization", "handler")
        .get(pk=addressee_id)
    )
    addressee.suggestion = letter
    return addressee


def move_letter(letter: Suggestion, to: str, actor: Actor, **data: Any) -> None:
    """Change the state, or raise RuleBroken("bad_transition"); writes the audit entry."""
    before = LetterState(letter.state)
    if to not in LETTER_MOVES[before]:
        raise _bad_move(before.label, LetterState(to).label)
    letter.state = to
    letter.store()
    record(actor, f"suggestions.letter.{to}", letter, before=before.value, **data)


def move(addressee: Addressee, to: str, actor: Actor, **data: Any) -> None:
    """Change the state, or raise RuleBroken("bad_transition"); writes the audit entry."""
    before = AddresseeState(addressee.state)
    if to not in ADDRESSEE_MOVES[before]:
        raise _bad_move(before.label, AddresseeState(to).label)
    addressee.state = to
    addressee.store()
    note(actor, to, addressee, before=before.value, **data)


def note(actor: Actor, verb: str, addressee: Addressee, **data: Any) -> None:
    """An audit entry about an addressee, which names its unit for the letter's timeline."""
    unit = addressee.organization.short_name
    record(actor, f"suggestions.addressee.{verb}", addressee, unit=unit, **data)


def require_state(addressee: Addressee, *states: str) -> None:
    """Raise RuleBroken("bad_transition") unless the addressee is in one of `states`."""
    if addressee.state not in states:
        raise RuleBroken(
            "bad_transition",
            _("This cannot be done now: “%(unit)s” is “%(state)s”.")
            % {
                "unit": addressee.organization.short_name,
                "state": addressee.get_state_display(),
            },
        )


def _bad_move(before: object, to: object) -> RuleBroken:
    return RuleBroken(
        "bad_transition",
        _("What is “%(before)s” cannot become “%(to)s”.") % {"before": before, "to": to},
    )


def day_of(at: datetime) -> date:
    """The legal date of a moment."""
    return timezone.localtime(at).date()


def office_language() -> Any:
    """What is written down for everybody is in the portal's own language, whoever acts."""
    return translation.override(settings.LANGUAGE_CODE)


def people_of(organization: Organization, at: datetime, handler: User | None = None) -> list[User]:
    """The handler there; everyone who acts for the organization where there is none, or
    where the handler has left it."""
    if handler is not None and _acts_for(handler, organization, day_of(at)):
        return [handler]
    return users_of(organization, day_of(at))


def _acts_for(user: User, organization: Organization, day: date) -> bool:
    return user.is_active and organization.pk in standing(user, day).organizations


def names_of(addressee: Addressee) -> dict[str, str]:
    """The unit and the letter, for sentences about them."""
    return {"unit": addressee.organization.short_name, "title": addressee.suggestion.title}


def tell(
    people: Iterable[User],
    subject: Suggestion | Addressee,
    *,
    reason: str,
    title: str,
    text: str = "",
    at: datetime,
    actor: Actor = None,
) -> None:
    """Tell people once of an event; whoever did it knows already."""
    others = [user for user in people if user != actor]
    notify_once(others, subject, reason=reason, title=title, text=text, at=at)


def tell_issuer(
    addressee: Addressee, *, reason: str, title: str, text: str = "", at: datetime, actor: Actor
) -> None:
    """Tell who handles the letter where it was issued."""
    letter = addressee.suggestion
    people = people_of(letter.issuer, at, letter.handler)
    tell(people, addressee, reason=reason, title=title, text=text, at=at, actor=actor)


def tell_unit(
    addressee: Addressee, *, reason: str, title: str, text: str = "", at: datetime, actor: Actor
) -> None:
    """Tell who handles the letter in the unit that was advised."""
    people = people_of(addressee.organization, at, addressee.handler)
    tell(people, addressee, reason=reason, title=title, text=text, at=at, actor=actor)

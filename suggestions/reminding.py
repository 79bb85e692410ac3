"""Who can be reminded, and who urged, on a day. Asked of an addressee, without queries."""

from datetime import date

from suggestions.models import Addressee
from suggestions.states import AddresseeState

AWAITED = frozenset({AddresseeState.SENT, AddresseeState.SERVED, AddresseeState.RECTIFYING})


def awaits(addressee: Addressee) -> bool:
    """Has the unit something to do next: to sign, to reply, to carry out?"""
    return addressee.state in AWAITED


def urgeable(addressee: Addressee, on: date) -> bool:
    """Is a reply or the carrying out late, so that an urging letter may go out?"""
    due = {
        AddresseeState.SERVED: addressee.reply_due_on,
        AddresseeState.RECTIFYING: addressee.rectify_due_on,
    }.get(AddresseeState(addressee.state))
    return due is not None and due < on


def reminder_key(day: date) -> str:
    """The reason of a notice that somebody sends by hand: one a day."""
    return f"reminder:{day.isoformat()}"

"""What an addressee is late with on a day: what there is to urge."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import ngettext

from suggestions.models import Addressee
from suggestions.states import AddresseeState, MeasureState


@dataclass(frozen=True)
class Late:
    """`due_on` was the last day; `sentence` says what is missing."""

    due_on: date
    days: int
    sentence: str


def late_of(addressee: Addressee, on: date) -> Late | None:
    """The reply, the rectification as a whole, or the measure that is late the longest."""
    if addressee.state == AddresseeState.SERVED:
        return _late(addressee.reply_due_on, on, _no_reply)
    if addressee.state != AddresseeState.RECTIFYING:
        return None
    return _late(addressee.rectify_due_on, on, _not_reported) or _late_measure(addressee, on)


def _late_measure(addressee: Addressee, on: date) -> Late | None:
    rows = addressee.measures.filter(state=MeasureState.OPEN, due_on__lt=on)
    measure = rows.order_by("due_on", "pk").first()
    return _late(measure.due_on, on, _measure_open) if measure else None


def _late(due_on: date | None, on: date, words: Callable[[int], str]) -> Late | None:
    if due_on is None or due_on >= on:
        return None
    days = (on - due_on).days
    return Late(due_on, days, words(days) % {"day": due_on.isoformat(), "n": days})


def _no_reply(days: int) -> str:
    return ngettext(
        "No reply seen; it was due on %(day)s and is %(n)d day overdue.",
        "No reply seen; it was due on %(day)s and is %(n)d days overdue.",
        days,
    )


def _not_reported(days: int) -> str:
    return ngettext(
        "Not reported as carried out; it was due on %(day)s and is %(n)d day overdue.",
        "Not reported as carried out; it was due on %(day)s and is %(n)d days overdue.",
        days,
    )


def _measure_open(days: int) -> str:
    return ngettext(
        "A measure is not carried out; it was due on %(day)s and is %(n)d day overdue.",
        "A measure is not carried out; it was due on %(day)s and is %(n)d days overdue.",
        days,
    )

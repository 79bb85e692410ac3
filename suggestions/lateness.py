"""What an addressee is late with on a day: what there is to urge."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

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
        words = _("No reply seen; it was due on %(day)s and is %(n)d days overdue.")
        return _late(addressee.reply_due_on, on, words)
    if addressee.state != AddresseeState.RECTIFYING:
        return None
    words = _("Not reported as carried out; it was due on %(day)s and is %(n)d days overdue.")
    return _late(addressee.rectify_due_on, on, words) or _late_measure(addressee, on)


def _late_measure(addressee: Addressee, on: date) -> Late | None:
    measure = (
        addressee.measures.filter(state=MeasureState.OPEN, due_on__lt=on)
        .order_by("due_on", "pk")
        .first()
    )
    if measure is None:
        return None
    words = _("A measure is not carried out; it was due on %(day)s and is %(n)d days overdue.")
    return _late(measure.due_on, on, words)


def _late(due_on: date | None, on: date, words: str) -> Late | None:
    if due_on is None or due_on >= on:
        return None
    days = (on - due_on).days
    return Late(due_on, days, words % {"day": due_on.isoformat(), "n": days})

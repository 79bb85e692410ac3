"""Where addressees stand on a day: the questions that the ledger, the page of a unit and
the workbench ask alike, so that their counts agree."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from members.models import Organization
from members.standing import predecessors
from suggestions.states import LIVE, AddresseeState

SOON_DAYS = 7
RECENT_DAYS = 90
A = AddresseeState


class Stage(TextChoices):
    CURRENT = "current", _("In hand or closed lately")
    LATE = "late", _("Overdue, no reply seen")
    SOON = "soon", _("Reply due in 7 days")
    UNSERVED = "unserved", _("To be served")
    UNANSWERED = "unanswered", _("To be replied to")
    REVIEW = "review", _("Reply under review")
    RECTIFYING = "rectifying", _("Being carried out")
    RECTIFY_LATE = "rectify_late", _("Overdue, not carried out")
    VERIFY = "verify", _("To be verified")
    CLOSED = "closed", _("Closed")


def _current(on: date) -> Q:
    lately = Q(state=A.CLOSED, closed_on__gte=on - timedelta(days=RECENT_DAYS))
    return Q(state__in=LIVE | {A.DRAFT}) | lately


def _within(on: date) -> tuple[date, date]:
    return on, on + timedelta(days=SOON_DAYS)


_STAGES: dict[str, Callable[[date], Q]] = {
    Stage.CURRENT: _current,
    Stage.LATE: lambda on: Q(state=A.SERVED, reply_due_on__lt=on),
    Stage.SOON: lambda on: Q(state=A.SERVED, reply_due_on__range=_within(on)),
    Stage.UNSERVED: lambda on: Q(state=A.SENT),
    Stage.UNANSWERED: lambda on: Q(state=A.SERVED),
    Stage.REVIEW: lambda on: Q(state__in=(A.OBJECTED, A.REFUSED)),
    Stage.RECTIFYING: lambda on: Q(state=A.RECTIFYING),
    Stage.RECTIFY_LATE: lambda on: Q(state=A.RECTIFYING, rectify_due_on__lt=on),
    Stage.VERIFY: lambda on: Q(state=A.TO_VERIFY),
    Stage.CLOSED: lambda on: Q(state=A.CLOSED),
}


def at_stage(stage: str, on: date) -> Q:
    """Of addressees: those that are at a stage on a day."""
    return _STAGES[stage](on)


def of_unit(unit: Organization, on: date) -> Q:
    """Of addressees: the unit itself, and those in whose place it stands by a day."""
    return Q(organization__in={unit.pk} | predecessors({unit.pk}, on))

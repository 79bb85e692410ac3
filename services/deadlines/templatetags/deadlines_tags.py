"""{% load deadlines_tags %}{% deadline_due deadline %}: the light, and how its date came about."""

from datetime import date

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundations.access.templatetags.portal import light
from services.deadlines.catalogue import name_of
from services.deadlines.explanation import explain
from services.deadlines.models import Deadline, DeadlineState

register = template.Library()


@register.inclusion_tag("parts/deadline_pop.html")
def deadline_due(deadline: Deadline) -> dict:
    """Needs the deadline with `provision` selected; opens without script."""
    today = timezone.localdate()
    day = deadline.day_on(today)
    shown = _stopped(deadline) or _window(deadline, today) or light(day, deadline.closed_on, today)
    return {**shown, "day": day, "deadline": deadline, "why": explain(deadline)}


@register.filter
def rule_name(deadline: Deadline) -> str:
    """The name of its rule in the law table; "" for a limit that a room sets by itself."""
    return name_of(deadline.rule)


def _window(deadline: Deadline, today: date) -> dict | None:
    """A period in which somebody has a right is not owed and never late."""
    if not deadline.window or deadline.state in (DeadlineState.MET, DeadlineState.MET_LATE):
        return None
    left = (deadline.due_on - today).days
    if deadline.state == DeadlineState.LAPSED or left < 0:
        return {"kind": "none", "icon": "hourglass-bottom", "words": _("Lapsed")}
    words = ngettext("Period: %(n)d day left", "Period: %(n)d days left", left) % {"n": left}
    return {"kind": "open", "icon": "hourglass-split", "words": words}


def _stopped(deadline: Deadline) -> dict | None:
    """A clock that stands still is not late, and a limit that fell away is not kept."""
    if deadline.state == DeadlineState.SUSPENDED:
        return {"kind": "pause", "icon": "pause-circle", "words": _("Suspended")}
    if deadline.state == DeadlineState.CANCELLED:
        return {"kind": "none", "icon": "dash-circle", "words": _("Cancelled")}
    return None

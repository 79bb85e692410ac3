"""{% load deadlines_tags %}{% deadline_due deadline %}: the light, and how its date came about."""

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from foundations.access.templatetags.portal import light
from services.deadlines.catalogue import name_of
from services.deadlines.explanation import explain
from services.deadlines.models import Deadline, DeadlineState

register = template.Library()


@register.inclusion_tag("parts/deadline_pop.html")
def deadline_due(deadline: Deadline) -> dict:
    """Needs the deadline with `provision` selected; opens without script."""
    shown = _stopped(deadline) or light(deadline.due_on, deadline.closed_on, timezone.localdate())
    return {**shown, "deadline": deadline, "why": explain(deadline)}


@register.filter
def rule_name(deadline: Deadline) -> str:
    """The name of its rule in the law table; "" for a limit that a room sets by itself."""
    return name_of(deadline.rule)


def _stopped(deadline: Deadline) -> dict | None:
    """A clock that stands still is not late, and a limit that fell away is not kept."""
    if deadline.state == DeadlineState.SUSPENDED:
        return {"kind": "pause", "icon": "pause-circle", "words": _("Suspended")}
    if deadline.state == DeadlineState.CANCELLED:
        return {"kind": "none", "icon": "dash-circle", "words": _("Cancelled")}
    return None

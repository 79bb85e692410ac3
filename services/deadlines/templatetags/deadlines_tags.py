"""{% load deadlines_tags %}{% deadline_due deadline %}: the light, and how its date came about."""

from django import template
from django.utils import timezone

from foundations.access.templatetags.portal import light
from services.deadlines.explanation import explain
from services.deadlines.models import Deadline

register = template.Library()


@register.inclusion_tag("parts/deadline_pop.html")
def deadline_due(deadline: Deadline) -> dict:
    """Needs the deadline with `provision` selected; opens without script."""
    shown = light(deadline.due_on, deadline.closed_on, timezone.localdate())
    return {**shown, "deadline": deadline, "why": explain(deadline)}

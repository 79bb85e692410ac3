from django import template
from django.db.models import Model

from foundations.audit.models import AuditEntry
from foundations.audit.timeline import sentence_of
from foundations.audit.timeline import timeline as moments_of

register = template.Library()


@register.inclusion_tag("parts/timeline.html")
def timeline(*subjects: Model) -> dict:
    """{% timeline meeting %} or {% timeline meeting consent %}: newest first."""
    return {"moments": moments_of(*subjects)}


@register.filter
def done(entry: AuditEntry) -> str:
    """What an entry says was done, in words if a room has told them."""
    return sentence_of(entry)

"""Citing a clause of the institution, linked to its place in the text; its dates."""

from datetime import date

from django import template
from django.template import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from mechanisms.beside import Beside
from mechanisms.beside import beside as texts_beside
from mechanisms.models import Mechanism
from mechanisms.queries import provision

register = template.Library()


@register.simple_tag
def cite(mechanism: Mechanism, number: str) -> str:
    """{% cite mechanism "YN-14" %}: 制度三（一）, linked; nothing for an unknown number."""
    found = provision(mechanism, number, timezone.localdate()) if number else None
    if found is None:
        return ""
    url = f"{reverse('mechanisms:text', args=[mechanism.key])}#{found.number}"
    return format_html('<a class="fy-cite" href="{}">{}</a>', url, found.citation)


@register.simple_tag(takes_context=True)
def beside(context: Context, mechanism: Mechanism, number: str) -> list[Beside]:
    """{% beside mechanism "YN-44" as texts %}: what higher rooms show beside the clause to
    this reader; asked once a page."""
    request = context["request"]
    kept: dict[int, dict] = request.__dict__.setdefault("_beside", {})
    if mechanism.pk not in kept:
        kept[mechanism.pk] = texts_beside(request.user, mechanism)
    return kept[mechanism.pk].get(number, [])


@register.filter
def issued_day(day: date | None, precision: str = "day") -> str:
    """2023年6月12日, as precisely as the document says; — when it does not say."""
    if day is None or precision == "none":
        return "—"
    if precision == "year":
        return f"{day.year}年"
    if precision == "month":
        return f"{day.year}年{day.month}月"
    return f"{day.year}年{day.month}月{day.day}日"

"""Tags that every page uses: permissions, dates as offices write them, lights, marks."""

from datetime import date, datetime
from typing import Any, Protocol

from django import template
from django.db.models import Model
from django.forms import BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundations.access.panels import panels_of
from foundations.access.policy import policy_for

register = template.Library()
WEEKDAYS = "一二三四五六日"


@register.simple_tag(takes_context=True)
def may(context: Context, verb: str, row: Model) -> bool:
    """{% may "issue" meeting as can_issue %}: may the reader do this to the row?"""
    return policy_for(row).can(context["request"].user, verb, row)


@register.simple_tag(takes_context=True)
def panels(context: Context, row: Model) -> str:
    """{% panels meeting %}: what higher rooms show on the page of a lower room's record."""
    request = context["request"]
    shown = [panel(request, row) for panel in panels_of(type(row))]
    parts = [render_to_string(*found, request=request) for found in shown if found is not None]
    return SafeString("".join(parts))


@register.filter
def is_wide(field: BoundField) -> bool:
    """Does a bound field take the whole row of its form? See `PortalFormMixin.wide`."""
    return field.name in getattr(field.form, "wide", ())


@register.filter
def or_depends(optional: str, field: BoundField) -> str:
    """What stands beside the label of a field that may be left out."""
    depends = field.name in getattr(field.form, "depending", ())
    return _("needed in some cases") if depends else optional


@register.filter
def bare_day(day: date | None) -> str:
    """11-20; with the year when it is not this one."""
    if not day:
        return "—"
    return day.strftime("%m-%d") if day.year == timezone.localdate().year else day.isoformat()


@register.filter
def short_day(day: date) -> str:
    """11-20 周五; with the year when it is not this one."""
    return f"{bare_day(day)} 周{WEEKDAYS[day.weekday()]}" if day else "—"


@register.filter
def long_day(day: date) -> str:
    """2026年11月24日 周二."""
    return f"{day.year}年{day.month}月{day.day}日 周{WEEKDAYS[day.weekday()]}" if day else "—"


@register.filter
def meeting_day(day: date) -> str:
    """11月24日 周二; with the year when it is not this one."""
    if not day:
        return "—"
    year = "" if day.year == timezone.localdate().year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日 周{WEEKDAYS[day.weekday()]}"


@register.filter
def short_moment(moment: datetime | None) -> str:
    """11-17 16:05, in Beijing time."""
    if not moment:
        return "—"
    local = timezone.localtime(moment)
    form = "%m-%d %H:%M" if local.year == timezone.localdate().year else "%Y-%m-%d %H:%M"
    return local.strftime(form)


@register.inclusion_tag("parts/due.html")
def due(day: date | None, closed_on: date | None = None, *, stack: bool = False) -> dict:
    """The light of a time limit: shape, words and date; open, met or met late."""
    return {**light(day, closed_on, timezone.localdate()), "day": day, "stack": stack}


def light(day: date | None, closed_on: date | None, today: date) -> dict:
    """Kind, icon and words of the light of a limit that ends on `day` (inclusive)."""
    if day is None:
        return {"kind": "none", "icon": "infinity", "words": _("Long-term")}
    if closed_on is not None:
        late = (closed_on - day).days
        if late <= 0:
            return {"kind": "met", "icon": "check-circle", "words": _("On time")}
        words = ngettext("%(n)d day late", "%(n)d days late", late) % {"n": late}
        return {"kind": "late", "icon": "check-circle", "words": words}
    left = (day - today).days
    if left < 0:
        words = ngettext("%(n)d day overdue", "%(n)d days overdue", -left) % {"n": -left}
        return {"kind": "over", "icon": "exclamation-octagon-fill", "words": words}
    if left == 0:
        return {"kind": "today", "icon": "alarm-fill", "words": _("Due today")}
    if left == 1:
        return {"kind": "today", "icon": "alarm-fill", "words": _("Due tomorrow")}
    words = ngettext("%(n)d day left", "%(n)d days left", left) % {"n": left}
    kind, icon = ("soon", "clock-history") if left <= 7 else ("open", "calendar3")
    return {"kind": kind, "icon": icon, "words": words}


SIDE_MARKS = {"government": "府", "court": "院", "procuratorate": "检"}


@register.inclusion_tag("parts/side.html")
def side(key: str) -> dict:
    """The one-character mark of a side; nothing for guests."""
    return {"key": key, "mark": SIDE_MARKS.get(key, "")}


class HasPill(Protocol):
    @property
    def state_pill(self) -> tuple[str, str, str]: ...


@register.inclusion_tag("parts/pill.html")
def pill(row: HasPill) -> dict:
    """The state of a record: `row.state_pill` is (kind, icon, words)."""
    kind, icon, words = row.state_pill
    return {"kind": kind, "icon": icon, "words": words}


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changes: Any) -> str:
    """The present query string with `changes` made; None takes a key out."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query[key] = value
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag(takes_context=True)
def page_address(context: Context, number: int, key: str) -> str:
    """Of a page of a list; of several lists in one place each has a `key` of its own, and an
    anchor of that name."""
    where = with_query(context, **{key: number})
    return where if key == "page" else f"{where}#{key}"

"""Words of disputes for templates."""

from collections.abc import Iterable

from django import template

from cases.dictionaries import area_name as name_of_area
from cases.states import Flag
from services.deadlines.explanation import Explanation, explain
from services.deadlines.models import Deadline

register = template.Library()


@register.filter
def area_name(key: str) -> str:
    return name_of_area(key)


@register.filter
def flag_names(keys: Iterable[str]) -> list[str]:
    """The marks of a dispute in words; enterprise has one of its own."""
    known = {flag.value: str(flag.label) for flag in Flag if flag != Flag.ENTERPRISE}
    return [known[key] for key in keys if key in known]


@register.filter
def why(limit: Deadline) -> Explanation:
    """How its date came about; needs `provision` selected."""
    return explain(limit)

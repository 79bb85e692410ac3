"""By what figures of disputes are grouped and narrowed, with the words for it."""

from collections.abc import Collection, Hashable
from dataclasses import replace

from django.db.models import Case, F, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.dictionaries import area_choices, area_name
from cases.states import Kind, Track
from services.indicators.groups import units
from services.indicators.sources import Group


def families() -> list[tuple[str, list[str]]]:
    """Every whole area with the keys of its parts, in the order of the dictionary."""
    found = []
    for key, inner in area_choices():
        if isinstance(inner, list):
            found.append((inner[0][0], [part for part, _name in inner[1:]]))
        else:
            found.append((key, []))
    return found


def whole_area(column: str) -> Case:
    """The area that a part belongs to: 土地 is 自然资源."""
    whens = [
        When(**{f"{column}__in": parts}, then=Value(whole)) for whole, parts in families() if parts
    ]
    return Case(*whens, default=F(column))


def _areas(keys: Collection[Hashable]) -> dict[Hashable, str]:
    """What the dictionary has not any more comes last."""
    known = [key for key, _parts in families() if key in keys]
    others = sorted(str(key) for key in keys if key not in known)
    return {key: area_name(key) for key in (*known, *others)}


def _kinds(keys: Collection[Hashable]) -> dict[Hashable, str]:
    return {one.value: str(one.label) for one in Kind if one.value in keys}


def _tracks(keys: Collection[Hashable]) -> dict[Hashable, str]:
    names = {one.value: str(one.label) for one in Track} | {"": _("Track not stated")}
    return {key: name for key, name in names.items() if key in keys}


def _enterprises(keys: Collection[Hashable]) -> dict[Hashable, str]:
    names = {True: _("Enterprise"), False: _("No enterprise")}
    return {key: name for key, name in names.items() if key in keys}


def group_of_areas(column: str) -> Group:
    return Group(gettext_lazy("Area of administration"), column, _areas)


def group_of_enterprises(column: str) -> Group:
    return Group(gettext_lazy("Enterprise"), column, _enterprises)


def groups(unit: str, area: str, procedure: str, enterprise: str) -> dict[str, Group]:
    """`procedure` stands before the columns of a procedure: its kind, track and organ."""
    return {
        "unit": units(unit),
        "organ": replace(units(f"{procedure}organ"), label=gettext_lazy("Organ")),
        "area": group_of_areas(area),
        "kind": Group(gettext_lazy("Procedure"), f"{procedure}kind", _kinds),
        "track": Group(gettext_lazy("Track"), f"{procedure}track", _tracks),
        "enterprise": group_of_enterprises(enterprise),
    }

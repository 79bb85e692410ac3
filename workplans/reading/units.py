"""Whom a cell names: units and groups of units, and who these are on a day."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from members.models import Jurisdiction, Organization, OrganizationGroup
from members.names import SEPARATORS
from members.rosters import successors

BREAK = re.compile(f"[{SEPARATORS}]+")
LEFT = "leave"
"""Stands in a mapping for a word that names nobody."""


@dataclass(frozen=True)
class Named:
    """A word of a cell and what it names: "group:counties", "unit:justice", or "" if unknown."""

    word: str
    ref: str

    @property
    def is_known(self) -> bool:
        return bool(self.ref)


class Directory:
    """The units and groups of a place on a day, by what documents call them."""

    def __init__(self, place: Jurisdiction, on: date) -> None:
        self.place, self.on = place, on

    @cached_property
    def organizations(self) -> dict[str, Organization]:
        return {unit.key: unit for unit in self.place.organizations.order_by("order", "pk")}

    @cached_property
    def groups(self) -> dict[str, OrganizationGroup]:
        rows = OrganizationGroup.objects.filter(jurisdiction=self.place)
        return {group.key: group for group in rows.prefetch_related("organizations")}

    @cached_property
    def names(self) -> dict[str, str]:
        """What each name stands for; today's unit wins over a former one of the same name."""
        found: dict[str, str] = {}
        units = sorted(self.organizations.values(), key=lambda unit: unit.holds_on(self.on))
        for unit in units:
            for name in (unit.short_name, unit.name):
                found[name] = f"unit:{unit.key}"
        for unit in reversed(units):
            for name in unit.aliases:
                found.setdefault(name, f"unit:{unit.key}")
        found.update({group.name: f"group:{key}" for key, group in self.groups.items()})
        return found

    def read(self, text: str, words: Mapping[str, str]) -> list[Named]:
        """Whom the text names; `words` says what a word stands for that is no name."""
        found, rest = [], text.strip(SEPARATORS + " ")
        while rest:
            word = self._first(rest)
            ref = words.get(word) or self._ref(word)
            if ref != LEFT:
                found.append(Named(word, ref))
            rest = rest[len(word) :].lstrip(SEPARATORS + " ")
        return found

    def _first(self, text: str) -> str:
        """The longest name that the text begins with, else what stands before a comma."""
        fits = [
            name
            for name in self.names
            if text.startswith(name) and text[len(name) : len(name) + 1] in (*SEPARATORS, "", " ")
        ]
        return max(fits, key=len, default="") or BREAK.split(text, maxsplit=1)[0].rstrip()

    def _ref(self, word: str) -> str:
        """Documents leave out the place: 综合执法局 is 示范市综合执法局."""
        place = self.place.name
        bare = word.removeprefix(place[-1:])
        asked = (word, f"{place[-1:]}{word}", f"{place}{word}", f"{place}{bare}")
        return next((self.names[name] for name in asked if name in self.names), "")

    def units_of(self, ref: str) -> list[Organization]:
        """Who that is on the day: members of a group, successors of a unit that ended."""
        kind, _colon, key = ref.partition(":")
        if kind == "group":
            group = self.groups.get(key)
            found = list(group.organizations.all()) if group else []
        else:
            found = [self.organizations[key]] if key in self.organizations else []
        return sorted(
            {unit for one in found for unit in self._standing(one)},
            key=lambda unit: (unit.order, unit.pk),
        )

    def _standing(self, unit: Organization) -> list[Organization]:
        if unit.holds_on(self.on):
            return [unit]
        heirs = successors({unit.pk}, self.on)
        return [one for one in self.organizations.values() if one.pk in heirs]

    def all_of(self, refs: list[str]) -> list[Organization]:
        """Each unit once, in the order of the text."""
        return list(dict.fromkeys(unit for ref in refs for unit in self.units_of(ref)))

    def name_of(self, ref: str) -> str:
        kind, _colon, key = ref.partition(":")
        rows: Mapping = self.groups if kind == "group" else self.organizations
        return rows[key].name if key in rows else key

    def empty_in(self, refs: list[str]) -> list[str]:
        """Names of what stands for nobody on the day."""
        return [self.name_of(ref) for ref in refs if not self.units_of(ref)]


def nobody(names: list[str], on: date) -> str:
    """What is said of groups that nobody belongs to."""
    message = _("On %(day)s nobody belongs to “%(names)s”. Fill the group, then try again.")
    return message % {"day": on.isoformat(), "names": "、".join(names)}

"""Who a text means by the keys of units, groups and sides, on a day."""

from collections.abc import Iterable
from datetime import date

from mechanisms.models import Mechanism, Provision
from mechanisms.queries import parties
from members.models import Organization, OrganizationGroup
from suggestions.units import successor_of


def units_meant(
    mechanism: Mechanism, keys: Iterable[str], on: date
) -> dict[str, list[Organization]]:
    """The units in force on the day for each key; an empty list for a group without any.

    A side is whoever acts for it; a unit that is no more is whoever stands in its place.
    """
    wanted = list(keys)
    place = mechanism.jurisdiction_id
    units = {one.key: one for one in Organization.objects.filter(jurisdiction=place)}
    groups = OrganizationGroup.objects.filter(jurisdiction=place, key__in=wanted)
    members = {one.key: list(one.organizations.all()) for one in groups}
    acting = {one.side: [one.acting] for one in parties(mechanism)}
    found = {}
    for key in wanted:
        named = acting.get(key) or members.get(key) or ([units[key]] if key in units else [])
        found[key] = list(_standing(named, on))
    return found


def all_meant(mechanism: Mechanism, keys: Iterable[str], on: date) -> list[Organization]:
    """The same without repetition, in the order of the keys."""
    rows = [unit for units in units_meant(mechanism, keys, on).values() for unit in units]
    return list({unit.pk: unit for unit in rows}.values())


def bound_by(mechanism: Mechanism, clause: Provision, on: date) -> list[Organization]:
    """The units on which a clause lays its duty."""
    return all_meant(mechanism, clause.duty_bearers, on)


def _standing(named: list[Organization], on: date) -> Iterable[Organization]:
    for unit in named:
        now = unit if unit.holds_on(on) else successor_of(unit, on)
        if now is not None:
            yield now

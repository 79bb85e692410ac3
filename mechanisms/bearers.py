"""Who owes and who benefits: what the keys beside a clause stand for."""

from mechanisms.models import Mechanism
from mechanisms.queries import parties
from members.models import OrganizationGroup
from members.states import Side


class Bearers:
    """The names and sides of the keys of one institution, read in three queries."""

    def __init__(self, mechanism: Mechanism) -> None:
        units = list(mechanism.jurisdiction.organizations.values_list("key", "short_name", "side"))
        groups = OrganizationGroup.objects.filter(jurisdiction=mechanism.jurisdiction)
        self._names = {str(side): str(side.label) for side in Side}
        self._names |= {party.side: party.lead.short_name for party in parties(mechanism)}
        self._names |= {key: name for key, name, _side in units}
        self._names |= dict(groups.values_list("key", "name"))
        self._sides = {str(side): {str(side)} for side in Side}
        self._sides |= {key: {side} for key, _name, side in units}
        self._all_sides = {party.side for party in parties(mechanism)}

    def names(self, keys: list[str]) -> tuple[str, ...]:
        return tuple(self._names.get(key, key) for key in keys)

    def sides(self, keys: list[str]) -> set[str]:
        """A group of organizations binds every side."""
        return set().union(*(self._sides.get(key, self._all_sides) for key in keys))

"""Units that letters go to: in force, or succeeded by another."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from members.models import Organization, RoleBinding, Succession


def successor_of(unit: Organization, on: date) -> Organization | None:
    """The unit in force that stands where this one stood, if it is the only one."""
    found: set[int] = set()
    latest = {unit.pk}
    while latest:
        rows = Succession.objects.filter(predecessor__in=latest, on__lte=on)
        latest = set(rows.values_list("successor", flat=True)) - found
        found |= latest
    held = list(Organization.objects.on(on).filter(pk__in=found - {unit.pk})[:2])
    return held[0] if len(held) == 1 else None


def units_named(jurisdiction_id: int, keys: Iterable[str], on: date) -> dict[str, Organization]:
    """The organizations that a text names by their keys, or whoever stands in their place."""
    rows = Organization.objects.filter(jurisdiction=jurisdiction_id, key__in=keys)
    found = {row.key: row if row.holds_on(on) else successor_of(row, on) for row in rows}
    return {key: unit for key, unit in found.items() if unit is not None}


def ceased_words(unit: Organization, on: date) -> str:
    """That a unit is not there on a day, and who is in its place."""
    names = {"unit": unit.short_name}
    if unit.valid_to is None or unit.valid_to >= on:
        return _("“%(unit)s” does not exist yet on that day.") % names
    successor = successor_of(unit, on)
    names["day"] = unit.valid_to.isoformat()
    if successor is None:
        return _("“%(unit)s” ceased to exist after %(day)s. Choose another unit.") % names
    names["successor"] = successor.short_name
    return _("“%(unit)s” ceased to exist after %(day)s. Its successor is “%(successor)s”.") % names


def require_in_force(unit: Organization, on: date, field: str) -> None:
    """Raise RuleBroken("ceased") with the successor's name for a unit that is no more."""
    if not unit.holds_on(on):
        raise RuleBroken("ceased", ceased_words(unit, on), field)


def with_account(units: Iterable[Organization], on: date) -> set[int]:
    """Those of the units for which, or for whose divisions, somebody has an account."""
    ids = {unit.pk for unit in units}
    bound = RoleBinding.objects.on(on).filter(
        Q(organization__in=ids) | Q(organization__parent__in=ids), user__is_active=True
    )
    pairs = bound.values_list("organization", "organization__parent")
    return ids & {pk for pair in pairs for pk in pair}

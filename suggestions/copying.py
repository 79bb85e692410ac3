"""Whom an institution's clauses let, or make, a letter be copied to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mechanisms.models import Mechanism, Provision
from mechanisms.queries import provision
from members.models import Organization
from suggestions.profile import rules_of
from suggestions.states import CopyMode
from suggestions.units import units_named


@dataclass(frozen=True)
class CopyLine:
    """One recipient by a clause; `provision` is None where the profile names no clause."""

    organization: Organization
    mode: str
    provision: Provision | None = None

    @property
    def is_forced(self) -> bool:
        return self.mode == CopyMode.FORCED

    @property
    def is_usual(self) -> bool:
        """Ticked in a new letter."""
        return self.mode != CopyMode.OPTIONAL


def copy_lines(
    mechanism: Mechanism, kind: str, on: date, *, without: Iterable[int] = ()
) -> list[CopyLine]:
    """The recipients of letters of `kind` in the order of the profile; the successor of one
    that is no more.

    `without` are those who get the letter itself, or write it.
    """
    rules = rules_of(mechanism, on).copies_of(kind)
    left_out = set(without)
    found = units_named(mechanism.jurisdiction_id, [rule.to for rule in rules], on)
    units = {key: unit for key, unit in found.items() if unit.pk not in left_out}
    return [
        CopyLine(
            units[rule.to],
            rule.mode,
            provision(mechanism, rule.provision, on) if rule.provision else None,
        )
        for rule in rules
        if rule.to in units
    ]

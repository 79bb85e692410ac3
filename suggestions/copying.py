"""Whom an institution's clauses let, or make, a letter be copied to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mechanisms.models import Mechanism, Provision
from mechanisms.queries import provision
from members.models import Organization
from suggestions.profile import rules_of
from suggestions.states import CopyMode


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
    """The recipients of letters of `kind` in the order of the profile.

    `without` are those who get the letter itself, or write it.
    """
    rules = rules_of(mechanism, on).copies_of(kind)
    keys = [rule.to for rule in rules]
    found = Organization.objects.on(on).filter(
        jurisdiction=mechanism.jurisdiction_id, key__in=keys
    )
    units = {unit.key: unit for unit in found.exclude(pk__in=without)}
    return [
        CopyLine(
            units[rule.to],
            rule.mode,
            provision(mechanism, rule.provision, on) if rule.provision else None,
        )
        for rule in rules
        if rule.to in units
    ]

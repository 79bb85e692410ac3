"""The rows of the section `obligations` of a profile, read once: who owes, whom, how often."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bulletins.cadence import Cadence
from members.models import Organization

CADENCES = ("every", "on_event", "as_needed", "planned")
DUE_KEYS = ("due", "of")


@dataclass(frozen=True)
class Facts:
    """What one row says of one debtor; two versions that say the same leave the row alone."""

    key: str
    number: str
    name: str
    debtor: Organization
    office: Organization
    creditors: frozenset[Organization]
    cadence: str
    terms: dict = field(default_factory=dict)
    figures: str = ""
    reconciles_with: str = ""
    library: str = ""
    note: str = ""
    since: date | None = field(default=None, compare=False)

    @property
    def columns(self) -> dict[str, Any]:
        names = ("number", "name", "debtor", "office", "cadence", "terms")
        more = ("figures", "reconciles_with", "library", "note")
        return {name: getattr(self, name) for name in (*names, *more)}


def cadence_of(row: dict) -> tuple[str, dict]:
    if "every" in row:
        terms = dict(row.get("due", {}))
        return row["every"], terms | ({"of": row["of"]} if "of" in row else {})
    if "on_event" in row:
        given = row["on_event"]
        return Cadence.EVENT, {"within": given["within"]} if "within" in given else {}
    return (Cadence.PLANNED if row.get("planned") else Cadence.AS_NEEDED), {}


class Parties:
    """The units that a profile's keys stand for: an organization, a group, or a side."""

    def __init__(self, source: dict, units: dict[str, Organization]) -> None:
        self.units = units
        self._groups = {
            row["key"]: row.get("organizations", [])
            for row in source.get("organization_groups", ())
        }
        self._sides = {row["side"]: row for row in source["parties"]}

    def debtors(self, key: str) -> list[Organization]:
        """Of a side its lead; of a group each of its units."""
        if key in self._sides:
            return [self.units[self._sides[key]["lead"]]]
        return [self.units[one] for one in self._groups.get(key, [key])]

    def creditors(self, keys: Iterable[str]) -> list[Organization]:
        """Of a side its lead and who acts for it; of a group each of its units."""
        found: list[str] = []
        for key in keys:
            if key in self._sides:
                found += [self._sides[key]["lead"], self._sides[key]["acting"]]
            else:
                found += self._groups.get(key, [key])
        return [self.units[key] for key in dict.fromkeys(found)]


def facts_of(source: dict, units: dict[str, Organization]) -> Iterator[Facts]:
    """Every obligation that the section states, in its order."""
    parties = Parties(source, units)
    for row in source.get("obligations", ()):
        cadence, terms = cadence_of(row)
        for debtor in parties.debtors(row["from"]):
            creditors = [one for one in parties.creditors(row["to"]) if one != debtor]
            yield Facts(
                key=row["key"],
                number=row["provision"],
                name=row["name"],
                debtor=debtor,
                office=units[row["office"]] if "office" in row else debtor,
                creditors=frozenset(creditors),
                cadence=cadence,
                terms=terms,
                figures=row.get("figures", ""),
                reconciles_with=row.get("reconciles_with", ""),
                library=row.get("library", ""),
                note=row.get("note", ""),
                since=date.fromisoformat(row["since"]) if "since" in row else None,
            )

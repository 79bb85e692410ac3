"""What other rooms ask of an institution: its version on a day, a clause, a party."""

from collections.abc import Iterable
from datetime import date

from mechanisms.models import Mechanism, MechanismParty, MechanismVersion, Provision


def version_on(mechanism: Mechanism, on: date) -> MechanismVersion | None:
    """The version in force on a day; before the first version, the first version.

    The answer is kept on the row given, so a page that cites ten clauses asks once.
    """
    kept: dict[date, MechanismVersion | None] = mechanism.__dict__.setdefault("_versions", {})
    if kept.get(on) is None:
        rows = mechanism.__dict__.get("_version_rows") or list(mechanism.versions.defer("source"))
        mechanism.__dict__["_version_rows"] = rows
        kept[on] = in_force(rows, on)
    return kept[on]


def in_force(versions: Iterable[MechanismVersion], on: date) -> MechanismVersion | None:
    """Of versions in their order, the last one in force on a day; else the first one."""
    rows = list(versions)
    begun = [row for row in rows if row.effective_from <= on]
    return (begun[-1:] or rows[:1] or [None])[0]


def provision(mechanism: Mechanism, number: str, on: date) -> Provision | None:
    """The clause `number` as it stands on a day; None when the text has no such clause."""
    version = version_on(mechanism, on)
    if version is None:
        return None
    kept: dict[str, Provision] = version.__dict__.setdefault("_provisions", {})
    if not kept:
        kept.update({found.number: found for found in version.provisions.all()})
    return kept.get(number)


def party(mechanism: Mechanism, side: str) -> MechanismParty:
    """One side of a mechanism; raises MechanismParty.DoesNotExist for a side it lacks."""
    found = next((one for one in parties(mechanism) if one.side == side), None)
    if found is None:
        raise MechanismParty.DoesNotExist(f"{mechanism.key} has no side {side}.")
    return found


def parties(mechanism: Mechanism) -> list[MechanismParty]:
    """The sides of a mechanism with their organizations, in the order of its text."""
    kept: dict[str, list[MechanismParty]] = mechanism.__dict__.setdefault("_parties", {})
    if not kept.get("all"):
        rows = mechanism.parties.select_related("lead", "acting", "secretariat")
        kept["all"] = list(rows)
    return kept["all"]

"""What other rooms ask of an institution: its version on a day, a clause, a party."""

from datetime import date

from mechanisms.models import Mechanism, MechanismParty, MechanismVersion, Provision


def version_on(mechanism: Mechanism, on: date) -> MechanismVersion | None:
    """The version in force on a day; before the first version, the first version.

    The answer is kept on the row given, so a page that cites ten clauses asks once.
    """
    kept: dict[date, MechanismVersion | None] = mechanism.__dict__.setdefault("_versions", {})
    if kept.get(on) is None:
        versions = mechanism.versions.defer("source").order_by("effective_from", "pk")
        kept[on] = versions.filter(effective_from__lte=on).last() or versions.first()
    return kept[on]


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

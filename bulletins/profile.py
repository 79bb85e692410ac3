"""What an institution says of the matters that its sides owe each other.

obligations:
  - key: appearances
    provision: YN-26
    name: 行政机关负责人出庭应诉情况
    from: court
    office: division
    to: [gov, justice]
    every: quarter
    due: {days_after: 30}
    figures: appearances
    reconciles_with: appearances-counted
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from bulletins.actions.keeping import keep_obligations
from bulletins.obligation_rows import CADENCES, facts_of
from bulletins.tables import TABLES
from foundations.audit.actor import Actor
from foundations.calendars.dues import due_faults
from mechanisms.loading.checks import provisions_of
from mechanisms.loading.schema import (
    COUNT,
    DAY,
    DUE,
    KEY,
    NOTE,
    NUMBER,
    WORD,
    list_of,
    short,
    table,
)
from mechanisms.models import Mechanism, MechanismVersion
from mechanisms.sections import Change, Fault, Outcome, Section
from members.states import OrganizationKind, Side

NAME = "obligations"
WITHIN = table({"amount": COUNT, "unit": {"enum": ["calendar_days", "working_days", "months"]}})
ROW = table(
    {"key": KEY, "provision": NUMBER, "name": short(120), "from": KEY, "to": list_of(KEY, 1)},
    {
        "office": KEY,
        "every": {"enum": ["month", "quarter", "half_year", "year"]},
        "due": DUE,
        "of": {"const": "previous"},
        "on_event": table({}, {"within": WITHIN}),
        "as_needed": {"const": True},
        "planned": {"const": True},
        "since": DAY,
        "figures": WORD,
        "reconciles_with": KEY,
        "library": short(40),
        "note": NOTE,
    },
)


def _faults(source: dict) -> Iterable[Fault]:
    rows = source[NAME]
    keys = [row["key"] for row in rows]
    for place, row in enumerate(rows):
        if row["key"] in keys[:place]:
            yield _fault(place, "key", _("“%(name)s” is used twice."), name=row["key"])
        if row.get("reconciles_with", row["key"]) not in keys:
            message = _("There is no matter “%(key)s” in this section.")
            yield _fault(place, "reconciles_with", message, key=row["reconciles_with"])
        if row.get("figures", "suits") not in TABLES:
            message = _("There is no table of figures “%(key)s”; the portal has %(all)s.")
            yield _fault(place, "figures", message, key=row["figures"], all="、".join(TABLES))
        yield from _cadence_faults(place, row)
    yield from _clause_faults(source)
    yield from _unit_faults(source)


def _fault(place: int, where: str, message: str, **names: str) -> Fault:
    return Fault((NAME, place, where), message % names)


def _cadence_faults(place: int, row: dict) -> Iterable[Fault]:
    named = [name for name in CADENCES if name in row]
    if len(named) != 1:
        message = _("Write exactly one of %(all)s: how often the matter is owed.")
        where = named[1] if named else "key"
        yield _fault(place, where, message, all="、".join(CADENCES))
    for name, message in due_faults(row):
        yield _fault(place, name, message)


def _clause_faults(source: dict) -> Iterable[Fault]:
    clauses = {given["number"] for *_place, given in provisions_of(source)}
    message = _("The text has no provision %(number)s.")
    for place, row in enumerate(source[NAME]):
        if row["provision"] not in clauses:
            yield _fault(place, "provision", message, number=row["provision"])


def _unit_faults(source: dict) -> Iterable[Fault]:
    """Sender and receivers are sides, groups, or units that stand on a side of the file."""
    units = {row["key"]: row for row in source["organizations"]}
    groups = {row["key"] for row in source.get("organization_groups", ())}
    sides = {row["side"] for row in source["parties"]}
    unknown = _("“%(key)s” is neither a side nor an organization nor a group of this file.")
    stranger = _("“%(key)s” is no party of this institution: it stands on none of its sides.")
    for place, row in enumerate(source[NAME]):
        named: list[tuple[tuple[str | int, ...], str]] = [(("from",), row["from"])]
        named += [(("to", n), key) for n, key in enumerate(row["to"])]
        if "office" in row:
            named.append((("office",), row["office"]))
        for where, key in named:
            path = (NAME, place, *where)
            if key not in units and (where == ("office",) or key not in groups | sides):
                known = set(Side.values) & {key} and where != ("office",)
                yield Fault(path, (stranger if known else unknown) % {"key": key})
            elif key in units and not _takes_part(units[key], sides):
                yield Fault(path, stranger % {"key": key})


def _takes_part(unit: dict, sides: set[str]) -> bool:
    return unit["side"] in sides or unit["kind"] == OrganizationKind.CENTRE


def _plan(source: dict, mechanism: Mechanism | None) -> list[Change]:
    rows = source.get(NAME, ())
    if not rows:
        return []
    known = set(mechanism.obligations.values_list("key", flat=True)) if mechanism else set()
    new = [row["name"] for row in rows if row["key"] not in known]
    if not new:
        return [Change(Outcome.LEAVE, _("Matters owed"), str(len(rows)))]
    return [Change(Outcome.CREATE, _("Matters owed"), "、".join(new))]


def _apply(source: dict, version: MechanismVersion, *, actor: Actor, at: datetime) -> None:
    place = version.mechanism.jurisdiction
    units = {unit.key: unit for unit in place.organizations.all()}
    keep_obligations(version.pk, list(facts_of(source, units)), actor=actor, at=at)


OBLIGATION_SECTION = Section(
    name=NAME, schema=list_of(ROW), plan=_plan, apply=_apply, check=_faults
)

"""A row with something possible in place of what is wrong in it: what is still wrong then is
a fault of its own, and can be told with the others."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from cases.dictionaries import area_names
from cases.flow.guards.first_instance import COMPENSATION, MEDIABLE_IN_COURT
from cases.imports.rows import Read, Rows
from cases.states import PartyKind
from members.models import Organization

NAMELESS = "—"
ANY = {
    "party": NAMELESS,
    "party_kind": PartyKind.NATURAL,
    "act": NAMELESS,
    "act_kind": MEDIABLE_IN_COURT[0],
    "suit_kind": COMPENSATION[0],
}
"""What stands in: of several, that which forbids least."""
OF_KIND = {"party_kind": {"id_number"}}
"""What cannot be judged without another field."""


def put_aside(rows: Rows, found: Read, heads: Collection[str]) -> Read:
    """The row without what stands under `heads`, with all that a draft needs."""
    names = {one.key for one in rows.sheet.fields if rows.columns.head(one.key) in heads}
    without = names | {other for name in names for other in OF_KIND.get(name, ())}
    given = {name: value for name, value in found.given.items() if name not in without}
    given |= {name: ANY[name] for name in names & ANY.keys()}
    if "area" in names:
        given["area"] = next(iter(area_names()))
    if "received_on" in names:
        given["received_on"] = _first_day(rows, given)
    given |= _days(rows, given, names & (found.unread | found.given.keys() | {"closed_on"}))
    if "agency" in names:
        given["agency"] = _any_agency(rows, given["received_on"])
    return Read(given, unread=names & {"mode"})


def _first_day(rows: Rows, given: Mapping[str, Any]) -> date:
    days = [given[one.day] for one in rows.sheet.steps if one.day in given]
    return min(days, default=rows.reader.today)


def _days(rows: Rows, given: Mapping[str, Any], names: Collection[str]) -> dict[str, date]:
    """For every step among `names` the day of what is recorded before it."""
    found: dict[str, date] = {}
    last = given["received_on"]
    for one in rows.sheet.steps:
        if one.day in names:
            found[one.day] = last
        last = max(last, found.get(one.day) or given.get(one.day, last))
    return found


def _any_agency(rows: Rows, on: date) -> Organization:
    held = (one for one in rows.reader.units.values() if one.holds_on(on))
    return next((one for one in held if one != rows.organ), rows.organ)

"""What an institution wants handed in: the sections `returns` and `deliverables`.

returns:
  - key: law-study
    provision: YC-28
    name: 领导干部学法情况
    from: [departments, counties]
    to: justice
    every: quarter
    due: {days_after: 15}
    fields:
      - {key: studies, label: 会前学法, kind: count, at_least: 4, unit: 次}
    evidence: true
    nil: true
deliverables:
  - {key: defence-rules, provision: WJ-63, name: 行政应诉管理办法, from: [gov], due_on: 2021-12-31}
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from foundations.audit.actor import Actor
from foundations.calendars.dues import due_faults
from mechanisms.loading.checks import provisions_of
from mechanisms.loading.schema import (
    COUNT,
    DAY,
    DUE,
    KEY,
    NUMBER,
    WORD,
    YES_NO,
    list_of,
    short,
    table,
)
from mechanisms.models import Mechanism, MechanismVersion
from mechanisms.sections import Change, Fault, Outcome, Section
from members.states import Side
from returns.actions.keeping import keep_duties
from returns.states import FieldKind

FIELD = table(
    {"key": WORD, "label": short(60), "kind": {"enum": FieldKind.values}},
    {"at_least": {"type": "number", "minimum": 0}, "unit": short(12), "optional": YES_NO},
)
RETURN = table(
    {
        "key": KEY,
        "provision": NUMBER,
        "name": short(120),
        "from": list_of(KEY, at_least=1),
        "to": KEY,
        "every": {"enum": ["month", "quarter", "half_year", "year"]},
        "fields": list_of(FIELD, at_least=1),
    },
    {"due": DUE, "of": {"const": "previous"}, "evidence": YES_NO, "nil": YES_NO},
)
DELIVERABLE = table(
    {
        "key": KEY,
        "provision": NUMBER,
        "name": short(120),
        "from": list_of(KEY, at_least=1),
    },
    {"to": KEY, "due_on": DAY, "every_years": COUNT, "form": short(60)},
)


def _return_faults(source: dict) -> Iterable[Fault]:
    yield from _shared_faults(source, "returns")
    for place, row in enumerate(source["returns"]):
        for name, message in due_faults(row):
            yield Fault(("returns", place, name), message)
        keys = [field["key"] for field in row["fields"]]
        for n, field in enumerate(row["fields"]):
            path = ("returns", place, "fields", n)
            if field["key"] in keys[:n]:
                message = _("“%(name)s” is used twice.") % {"name": field["key"]}
                yield Fault((*path, "key"), message)
            if "at_least" in field and field["kind"] in (FieldKind.TEXT, FieldKind.DAY):
                yield Fault((*path, "at_least"), _("Only figures can be owed a least number."))


def _deliverable_faults(source: dict) -> Iterable[Fault]:
    yield from _shared_faults(source, "deliverables")


def _shared_faults(source: dict, name: str) -> Iterator[Fault]:
    """Keys used twice, clauses and units that the file does not have."""
    rows = source[name]
    clauses = {given["number"] for *_place, given in provisions_of(source)}
    units = {row["key"] for row in source["organizations"]}
    groups = {row["key"] for row in source.get("organization_groups", ())}
    keys = [row["key"] for row in rows]
    unknown = _("“%(key)s” is neither a side nor an organization nor a group of this file.")
    for place, row in enumerate(rows):
        if row["key"] in keys[:place]:
            message = _("“%(name)s” is used twice.") % {"name": row["key"]}
            yield Fault((name, place, "key"), message)
        if row["provision"] not in clauses:
            message = _("The text has no provision %(number)s.") % {"number": row["provision"]}
            yield Fault((name, place, "provision"), message)
        for n, key in enumerate(row["from"]):
            if key not in units | groups | set(Side.values):
                yield Fault((name, place, "from", n), unknown % {"key": key})
        if "to" in row and row["to"] not in units:
            message = _("There is no organization “%(key)s” in this file.") % {"key": row["to"]}
            yield Fault((name, place, "to"), message)


def _return_plan(source: dict, mechanism: Mechanism | None) -> list[Change]:
    known = set(mechanism.return_duties.values_list("key", flat=True)) if mechanism else set()
    return [
        Change(
            Outcome.CHANGE if row["key"] in known else Outcome.CREATE,
            _("Return duties"),
            row["name"],
            row["key"],
        )
        for row in source["returns"]
    ]


def _deliverable_plan(source: dict, mechanism: Mechanism | None) -> list[Change]:
    known = set(mechanism.deliverables.values_list("key", flat=True)) if mechanism else set()
    return [
        Change(
            Outcome.LEAVE if row["key"] in known else Outcome.CREATE,
            _("Deliverables"),
            row["name"],
            row["key"],
        )
        for row in source["deliverables"]
    ]


def _apply_returns(source: dict, version: MechanismVersion, *, actor: Actor, at: datetime) -> None:
    keep_duties(version.pk, source["returns"], actor=actor, at=at)


def _nothing(source: dict, version: MechanismVersion, *, actor: Actor, at: datetime) -> None:
    """The version keeps its source, from which the rows of each unit are opened by night."""


RETURN_SECTION = Section(
    name="returns",
    schema=list_of(RETURN),
    plan=_return_plan,
    apply=_apply_returns,
    check=_return_faults,
)
DELIVERABLE_SECTION = Section(
    name="deliverables",
    schema=list_of(DELIVERABLE),
    plan=_deliverable_plan,
    apply=_nothing,
    check=_deliverable_faults,
)

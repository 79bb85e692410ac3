"""What an institution's profile says of time limits: the section `deadlines`.

    deadlines:
      - {key: FY-PERF-REP, length: 10 workdays, provision: YC-14}

A rule of law stays as it is unless a profile names it; the interval of regular meetings
(MT-REG) follows from the meeting section.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from foundations.calendars.periods import Length, Unit
from mechanisms.loading.checks import provisions_of
from mechanisms.loading.schema import NUMBER, list_of, table
from mechanisms.models import Mechanism, MechanismVersion
from mechanisms.profile import get_profile
from mechanisms.queries import provision, version_on
from mechanisms.sections import Change, Fault, Outcome, Section
from services.deadlines.rules import Override, law, length_of, unknown

REGULAR_MEETING = "MT-REG"
LENGTH = {"type": "string", "pattern": r"^[1-9][0-9]{0,3} (days|workdays|months|years)$"}


def override_of(mechanism: Mechanism, key: str, on: date) -> Override | None:
    """What the institution's text in force on a day says of the rule; None if nothing."""
    if key == REGULAR_MEETING:
        return _cadence(mechanism, on)
    version = version_on(mechanism, on)
    rows = version.source.get("deadlines", ()) if version else ()
    row = next((row for row in rows if row["key"] == key), None)
    if row is None:
        return None
    return Override(length_of(row["length"]), _citation(mechanism, row.get("provision", ""), on))


def _cadence(mechanism: Mechanism, on: date) -> Override:
    rules = get_profile(mechanism, on).meeting
    basis = _citation(mechanism, rules.cadence_provision, on)
    if rules.cadence_months:
        return Override(Length(rules.cadence_months, Unit.MONTHS), basis)
    return Override(None, basis, why=_("The text of this institution names no interval."))


def _citation(mechanism: Mechanism, number: str, on: date) -> str:
    clause = provision(mechanism, number, on) if number else None
    return f"《{mechanism.title}》{clause.clause}" if clause else ""


def _faults(source: dict) -> Iterable[Fault]:
    clauses = {given["number"] for *_place, given in provisions_of(source)}
    named: set[str] = set()
    for place, row in enumerate(source["deadlines"]):
        key, clause = row["key"], row.get("provision")
        if key not in law():
            yield Fault(("deadlines", place, "key"), unknown(key))
        if key in named:
            message = _("The rule %(key)s is named twice.") % {"key": key}
            yield Fault(("deadlines", place, "key"), message)
        if clause and clause not in clauses:
            message = _("The text has no provision %(number)s.") % {"number": clause}
            yield Fault(("deadlines", place, "provision"), message)
        named.add(key)


def _plan(source: dict, mechanism: Mechanism | None) -> list[Change]:
    """The rows are part of the immutable version; only new ones are told."""
    if mechanism is not None or not source.get("deadlines"):
        return []
    keys = "、".join(row["key"] for row in source["deadlines"])
    return [Change(Outcome.CREATE, _("Time limits of its own"), keys)]


def _apply(source: dict, version: MechanismVersion, *, actor: Any, at: datetime) -> None:
    """Nothing to write: the version keeps its source."""


DEADLINE_SECTION = Section(
    name="deadlines",
    schema=list_of(
        table(
            {"key": {"type": "string", "maxLength": 20}, "length": LENGTH},
            {"provision": NUMBER},
        )
    ),
    plan=_plan,
    apply=_apply,
    check=_faults,
)

"""What an institution says of a rule in place of the law, by its text in force on a day.

A rule of law stays as it is unless a profile names it; the interval of regular meetings
(MT-REG) follows from the meeting section.
"""

from datetime import date

from django.utils.translation import gettext as _

from foundations.calendars.periods import Length, Unit
from mechanisms.models import Mechanism
from mechanisms.profile import get_profile
from mechanisms.queries import provision, version_on
from services.deadlines.rules import Override, length_of

REGULAR_MEETING = "MT-REG"


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

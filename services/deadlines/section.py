"""What an institution's profile says of time limits: the section `deadlines`.

    deadlines:
      - {key: FY-PERF-REP, length: 10 workdays, provision: YC-14}

A version of a text never changes, so there is nothing to write: the version keeps its
source. Open limits that it concerns are counted anew.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundations.notifications.kick import kick
from mechanisms.loading.checks import provisions_of
from mechanisms.loading.schema import NUMBER, list_of, shaped, table
from mechanisms.models import Mechanism, MechanismVersion
from mechanisms.sections import Change, Fault, Outcome, Section
from services.deadlines.actions.recounting import count_anew_since
from services.deadlines.rules import law, unknown
from services.deadlines.tasks import recount

LENGTH = shaped(
    r"^[1-9][0-9]{0,3} (days|workdays|months|years)$",
    gettext_lazy("a number and days, workdays, months or years, as in 10 workdays"),
)


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
    if count_anew_since(version.mechanism, version.effective_from):
        kick(recount)


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

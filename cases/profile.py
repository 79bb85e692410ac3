"""What an institution says of disputes: the section `cases` of its profile.

cases:
  liaison: {natural: natural-law}
  heavy: [mass, foreign, major]
  mass_from: 10
  notices:
    reconsideration: {upheld: single, mediated: none}
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from cases.flow.table import table_of, tables
from cases.states import Flag
from foundations.audit.actor import Actor
from mechanisms.loading.schema import COUNT, KEY, list_of, table
from mechanisms.models import Mechanism, MechanismVersion
from mechanisms.queries import version_on
from mechanisms.sections import Change, Fault, Outcome, Section
from services.deadlines.overrides import override_of
from services.deadlines.rules import law, rule_on

SERIES = "dispute"
"""The key of the number series from which disputes take their register number (N9)."""
HEAVY = (Flag.MASS, Flag.GROUP, Flag.FOREIGN, Flag.MAJOR, Flag.SENSITIVE, Flag.UNFIT)
ROUTES = ("single", "collected", "none")


@dataclass(frozen=True)
class CaseRules:
    """`liaison`: which division takes part for an agency, by their keys. `heavy`: the marks
    that call for coordination (会商). `mass_from`: so many persons make it 涉众. `notices`:
    how an outcome is told, by procedure and closing mode, where the law's table is not
    followed."""

    liaison: dict[str, str] = field(default_factory=dict)
    heavy: tuple[str, ...] = HEAVY
    mass_from: int = 5
    notices: dict[str, dict[str, str]] = field(default_factory=dict)

    def is_heavy(self, flags: Iterable[str]) -> bool:
        return bool(set(flags) & set(self.heavy))

    def route_of(self, kind: str, mode: str) -> str:
        """How the outcome is told (R-7): "single", "collected" or "none"."""
        named = self.notices.get(kind, {}).get(mode, "")
        return named or table_of(kind).modes[mode].notice or "none"


def keeps(mechanism: Mechanism | None, rule: str, on: date) -> bool:
    """Does a limit run here? One that a single place has laid down for itself, such as
    YC-14, runs only under a text whose section `deadlines` names it."""
    found = rule_on(rule, on) if rule in law() else None
    if found is None or not found.local:
        return True
    return mechanism is not None and override_of(mechanism, rule, on) is not None


def rules_of(mechanism: Mechanism | None, on: date) -> CaseRules:
    """The rules in force on a day; the defaults where the text has none."""
    version = version_on(mechanism, on) if mechanism else None
    return rules_in(version.source if version else {})


def rules_in(source: dict) -> CaseRules:
    given = dict(source.get("cases", {}))
    if "heavy" in given:
        given["heavy"] = tuple(given["heavy"])
    return CaseRules(**given)


def _faults(source: dict) -> Iterable[Fault]:
    section = source["cases"]
    series = {row["key"]: row for row in source.get("number_series", ())}
    if series.get(SERIES, {}).get("mode", "portal") != "portal":
        message = _("The number series “%(key)s” of disputes is one that the portal gives.")
        yield Fault(("cases",), message % {"key": SERIES})
    units = {row["key"]: row for row in source["organizations"]}
    for agency, division in section.get("liaison", {}).items():
        here = ("cases", "liaison", agency)
        for key in (agency, division):
            if key not in units:
                message = _("There is no organization “%(key)s” in this file.")
                yield Fault(here, message % {"key": key})
        if units.get(division, {}).get("parent", agency) != agency and division != agency:
            message = _("“%(division)s” is no division of “%(agency)s”.")
            yield Fault(here, message % {"division": division, "agency": agency})
    for kind, routes in section.get("notices", {}).items():
        for mode in routes.keys() - table_of(kind).modes.keys():
            message = _("“%(procedure)s” is never closed by “%(mode)s”, but by %(all)s.")
            modes = "、".join(table_of(kind).modes)
            words = {"procedure": table_of(kind).name, "mode": mode, "all": modes}
            yield Fault(("cases", "notices", kind, mode), message % words)


def _plan(source: dict, mechanism: Mechanism | None) -> list[Change]:
    outcome = Outcome.LEAVE if mechanism else Outcome.CREATE
    return [Change(outcome, _("Rules of disputes"), source["mechanism"]["key"])]


def _apply(source: dict, version: MechanismVersion, *, actor: Actor, at: datetime) -> None:
    """Nothing to write: the version keeps its source."""


CASE_SECTION = Section(
    name="cases",
    schema=table(
        {},
        {
            "liaison": {"type": "object", "propertyNames": KEY, "additionalProperties": KEY},
            "heavy": list_of({"enum": Flag.values}),
            "mass_from": COUNT,
            "notices": {
                "type": "object",
                "propertyNames": {"enum": list(tables())},
                "additionalProperties": {
                    "type": "object",
                    "additionalProperties": {"enum": list(ROUTES)},
                },
            },
        },
    ),
    plan=_plan,
    apply=_apply,
    check=_faults,
)

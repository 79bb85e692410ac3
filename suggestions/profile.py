"""What an institution says of suggestions: the section `suggestions` of its profile.

suggestions:
  copies:
    - {kind: judicial, to: justice, mode: default, provision: YN-36}
  urged_by: [justice]
  urging_provision: YN-38
  yearly_provision: CX-26
  class_after: 3
  verify_days: 15
  series: {judicial: court-suggestions}
  letter_series: {justice: gov-letter, court: court-letter}
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from foundations.audit.actor import Actor
from mechanisms.loading.checks import provisions_of
from mechanisms.loading.schema import COUNT, KEY, NUMBER, list_of, table
from mechanisms.models import Mechanism, MechanismVersion
from mechanisms.queries import version_on
from mechanisms.sections import Change, Fault, Outcome, Section
from suggestions.states import CopyMode, Kind

Named = tuple[tuple[str | int, ...], str]
"""Where the section names something, and what."""


@dataclass(frozen=True)
class CopyRule:
    """Letters of `kind` are copied to the organization with key `to`."""

    kind: str
    to: str
    mode: str
    provision: str = ""


@dataclass(frozen=True)
class SuggestionRules:
    """`class_after`: so many letters to one unit on one kind of problem within a year
    propose a suggestion for the class. `verify_days` are the working days in which the
    issuer verifies; `series` names the number series of each kind, `letter_series` the one
    in which an organization numbers its urging letters."""

    copies: tuple[CopyRule, ...] = ()
    urged_by: tuple[str, ...] = ()
    urging_provision: str = ""
    yearly_provision: str = ""
    class_after: int = 3
    verify_days: int = 15
    series: dict[str, str] = field(default_factory=dict)
    letter_series: dict[str, str] = field(default_factory=dict)

    def copies_of(self, kind: str) -> list[CopyRule]:
        return [rule for rule in self.copies if rule.kind == kind]


def rules_of(mechanism: Mechanism, on: date) -> SuggestionRules:
    """The rules in force on a day; the defaults where the text has none."""
    version = version_on(mechanism, on)
    return rules_in(version.source if version else {})


def rules_in(source: dict) -> SuggestionRules:
    given = dict(source.get("suggestions", {}))
    given["copies"] = tuple(CopyRule(**row) for row in given.get("copies", ()))
    given["urged_by"] = tuple(given.get("urged_by", ()))
    return SuggestionRules(**given)


def _faults(source: dict) -> Iterable[Fault]:
    """What the section names and the file does not have."""
    section = source["suggestions"]
    units = {row["key"] for row in source["organizations"]}
    clauses = {given["number"] for *_place, given in provisions_of(source)}
    series = {row["key"] for row in source.get("number_series", ())}
    no_unit = _("There is no organization “%(key)s” in this file.")
    no_clause = _("The text has no provision %(number)s.")
    no_series = _("There is no number series “%(key)s” in this file.")
    for path, key in _units_named(section):
        if key not in units:
            yield Fault(("suggestions", *path), no_unit % {"key": key})
    for path, number in _clauses_named(section):
        if number not in clauses:
            yield Fault(("suggestions", *path), no_clause % {"number": number})
    for name in ("series", "letter_series"):
        for user, key in section.get(name, {}).items():
            if key not in series:
                yield Fault(("suggestions", name, user), no_series % {"key": key})


def _units_named(section: dict) -> Iterable[Named]:
    for place, row in enumerate(section.get("copies", ())):
        yield ("copies", place, "to"), row["to"]
    for place, key in enumerate(section.get("urged_by", ())):
        yield ("urged_by", place), key
    for key in section.get("letter_series", {}):
        yield ("letter_series", key), key


def _clauses_named(section: dict) -> Iterable[Named]:
    for place, row in enumerate(section.get("copies", ())):
        if "provision" in row:
            yield ("copies", place, "provision"), row["provision"]
    for name in ("urging_provision", "yearly_provision"):
        if name in section:
            yield (name,), section[name]


def _plan(source: dict, mechanism: Mechanism | None) -> list[Change]:
    outcome = Outcome.LEAVE if mechanism else Outcome.CREATE
    return [Change(outcome, _("Rules of suggestions"), source["mechanism"]["key"])]


def _apply(source: dict, version: MechanismVersion, *, actor: Actor, at: datetime) -> None:
    """Nothing to write: the version keeps its source."""


SUGGESTION_SECTION = Section(
    name="suggestions",
    schema=table(
        {},
        {
            "copies": list_of(
                table(
                    {"kind": {"enum": Kind.values}, "to": KEY, "mode": {"enum": CopyMode.values}},
                    {"provision": NUMBER},
                )
            ),
            "urged_by": list_of(KEY),
            "urging_provision": NUMBER,
            "yearly_provision": NUMBER,
            "class_after": COUNT,
            "verify_days": COUNT,
            "series": {
                "type": "object",
                "propertyNames": {"enum": Kind.values},
                "additionalProperties": KEY,
            },
            "letter_series": {
                "type": "object",
                "propertyNames": KEY,
                "additionalProperties": KEY,
            },
        },
    ),
    plan=_plan,
    apply=_apply,
    check=_faults,
)

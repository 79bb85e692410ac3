"""How an institution counts, and what it wants: the section `indicators` of its profile.

    indicators:
      - {key: R3, variant: concluded, at_least: 20, provision: YC-19}
      - {key: R13, months: 12}

A version of a text never changes, so there is nothing to write: the version keeps its
source. What the section does not name is counted in its usual way.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from mechanisms.loading.checks import provisions_of
from mechanisms.loading.schema import COUNT, NUMBER, TEXT, list_of, table
from mechanisms.models import Mechanism, MechanismVersion
from mechanisms.queries import version_on
from mechanisms.sections import Change, Fault, Outcome, Section
from services.indicators.definitions import Indicator, Unit, Variant, indicators
from services.indicators.targets import Target, exact
from services.indicators.values import HUNDRED, Value

NAME = "indicators"
MONTHS = 6
"""So long a matter is watched for what comes back (R13), unless a text says otherwise."""
LONGEST = 60
BOUNDS = ("at_least", "at_most")


@dataclass(frozen=True)
class Choice:
    """One indicator as an institution counts it, and the bounds that it sets, both inclusive,
    in the unit of the figure: 20 is twenty percent of a percentage. `named` says whether its
    text speaks of it at all; `provision` is the clause that it cites."""

    indicator: Indicator
    variant: Variant
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    months: int = MONTHS
    provision: str = ""
    named: bool = False

    @property
    def key(self) -> str:
        return self.indicator.key

    @property
    def target(self) -> Target:
        return Target(self.at_least, self.at_most)

    def meets(self, value: Value) -> bool | None:
        """By the figure as it is, not as it is rounded; None where no bound is set, or the
        value has no figure."""
        figure = None if value.broken else exact(value)
        return self.target.holds(figure) if self.target and figure is not None else None


def choices_of(mechanism: Mechanism, on: date) -> dict[str, Choice]:
    """Every indicator by key, in their order, as the text in force on a day counts it. A way
    of counting that is no longer defined gives way to the usual one."""
    version = version_on(mechanism, on)
    rows = version.source.get(NAME, ()) if version else ()
    given = {row["key"]: row for row in rows}
    return {key: _choice(one, given.get(key)) for key, one in indicators().items()}


def _choice(one: Indicator, row: dict[str, Any] | None) -> Choice:
    if row is None:
        return Choice(one, one.usual)
    least, most = (_number(row.get(name)) for name in BOUNDS)
    return Choice(
        indicator=one,
        variant=one.variants.get(row.get("variant", ""), one.usual),
        at_least=least,
        at_most=most,
        months=row.get("months", MONTHS),
        provision=row.get("provision", ""),
        named=True,
    )


def _number(given: float | None) -> Decimal | None:
    return None if given is None else Decimal(str(given))


def _faults(source: dict) -> Iterable[Fault]:
    clauses = {given["number"] for *_place, given in provisions_of(source)}
    named: set[str] = set()
    for place, row in enumerate(source[NAME]):
        key, clause = row["key"], row.get("provision")
        if key in named:
            message = _("The indicator %(key)s is named twice.") % {"key": key}
            yield Fault((NAME, place, "key"), message)
        named.add(key)
        if clause and clause not in clauses:
            message = _("The text has no provision %(number)s.") % {"number": clause}
            yield Fault((NAME, place, "provision"), message)
        for name, message in _faults_of(row):
            yield Fault((NAME, place, name), message)


def _faults_of(row: dict) -> Iterator[tuple[str, str]]:
    """What is wrong in one row, beside the name that it concerns."""
    found = indicators().get(row["key"])
    if found is None:
        message = _("There is no indicator “%(key)s”; there are %(known)s.")
        yield "key", message % {"key": row["key"], "known": "、".join(indicators())}
        return
    variant = row.get("variant")
    if variant is not None and variant not in found.variants:
        message = _("%(key)s is not counted by “%(variant)s”; its ways are %(known)s.")
        known = "、".join(found.variants)
        yield "variant", message % {"key": found.key, "variant": variant, "known": known}
    for name in BOUNDS:
        if found.unit == Unit.PERCENT and row.get(name, 0) > HUNDRED:
            message = _("%(bound)s is no percentage; write a number from 0 to 100.")
            yield name, message % {"bound": row[name]}
    if set(BOUNDS) <= row.keys() and row["at_least"] > row["at_most"]:
        yield "at_least", _("The least that is wanted is more than the most.")


def _plan(source: dict, mechanism: Mechanism | None) -> list[Change]:
    """The rows are part of the immutable version; only new ones are told."""
    if mechanism is not None or not source.get(NAME):
        return []
    keys = "、".join(row["key"] for row in source[NAME])
    return [Change(Outcome.CREATE, _("Indicators counted in its own way"), keys)]


def _apply(source: dict, version: MechanismVersion, *, actor: Any, at: datetime) -> None:
    """Nothing to write: the version keeps its source."""


BOUND = {"type": "number", "minimum": 0}
INDICATOR_SECTION = Section(
    name=NAME,
    schema=list_of(
        table(
            {"key": {**TEXT, "maxLength": 20}},
            {
                "variant": {**TEXT, "maxLength": 40},
                "at_least": BOUND,
                "at_most": BOUND,
                "provision": NUMBER,
                "months": {**COUNT, "maximum": LONGEST},
            },
        )
    ),
    plan=_plan,
    apply=_apply,
    check=_faults,
)

"""The time limits of statutes and institutions as data: `law/*.yaml`, read once.

A key may have several rows, one for each time in which another text was in force.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from django.utils.translation import gettext as _

from foundations.calendars.periods import Length, Unit

LAW = Path(__file__).parent / "law"


@dataclass(frozen=True)
class Rule:
    """One time limit.

    `length` is counted from the trigger, or back from it with `before`; None where no
    text names one (`why` says so). `until` is the last day of a calendar period instead:
    "month", "half_year", "year" or a day of the year such as "03-31". `per_letter` is the
    unit in which a letter or an item names its own length; `usual_max` the longest usual
    one. `extension` is the longest that `extended_if` allows. `basis` are the articles or
    clauses. `valid_from` and `valid_to` (inclusive) bound the trigger. `waits` marks a time
    to be waited for: one may act only when it is over. `at_most` marks a `length` that is
    the longest: who sets it may set a shorter one. `whose` it is, where that is neither the
    record it hangs on nor the organization that keeps an eye on it; `watched` says what it
    is where it is kept as a period and is no right.
    """

    key: str
    group: str
    name: str
    trigger: str
    basis: tuple[str, ...]
    length: Length | None = None
    before: bool = False
    until: str = ""
    per_letter: Unit | None = None
    usual_max: Length | None = None
    extension: Length | None = None
    extended_if: str = ""
    why: str = ""
    note: str = ""
    local: bool = False
    waits: bool = False
    at_most: bool = False
    whose: str = ""
    watched: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def cited(self) -> str:
        """The basis in a line; the articles of one text follow its name."""
        line, last = "", ""
        for one in self.basis:
            text, mark, article = one.rpartition("》第")
            same = bool(mark) and text == last
            line += f"、第{article}" if same else f"；{one}" if line else one
            last = text if mark else ""
        return line

    def holds_on(self, day: date) -> bool:
        return (self.valid_from or day) <= day <= (self.valid_to or day)


@cache
def law() -> Mapping[str, tuple[Rule, ...]]:
    """Every rule by key, in the order of the files; the rows of a key in order of time."""
    found: dict[str, list[Rule]] = {}
    for path in sorted(LAW.glob("*.yaml")):
        source = yaml.safe_load(path.read_text(encoding="utf-8"))
        for row in source["rules"]:
            found.setdefault(row["key"], []).append(_rule(row, source["group"]))
    return MappingProxyType({key: tuple(rows) for key, rows in found.items()})


@cache
def law_version() -> str:
    """A mark that changes with every change of a file."""
    text = b"".join(path.read_bytes() for path in sorted(LAW.glob("*.yaml")))
    return hashlib.sha256(text).hexdigest()[:6]


def unknown(key: str) -> str:
    """What is said of a key that no file has, with those that may be meant; else with all."""
    near = get_close_matches(key, law(), cutoff=0.7)
    names = {"key": key, "near": "、".join(near)}
    if near:
        return _("There is no rule %(key)s; near it are %(near)s.") % names
    names["all"] = "、".join(law())
    return _("There is no rule %(key)s. There are: %(all)s.") % names


def rule_on(key: str, day: date) -> Rule | None:
    """The row of a key for a trigger on `day`; None where none was in force.

    Raises KeyError for a key that no file has.
    """
    return next((row for row in law()[key] if row.holds_on(day)), None)


@dataclass(frozen=True)
class Override:
    """What an institution's profile says of a rule, with the clause that says it."""

    length: Length | None
    basis: str = ""
    why: str = ""

    def applied(self, rule: Rule) -> Rule:
        """The rule with the institution's length; without one, with why there is none.

        What another place has laid down for itself is no basis here.
        """
        given: dict[str, Any] = {"length": self.length, "why": self.why or rule.why}
        if self.basis and rule.local:
            given |= {"basis": (self.basis,), "note": ""}
        elif self.basis:
            given["basis"] = (self.basis, *rule.basis)
        return replace(rule, **given)


def _rule(row: dict, group: str) -> Rule:
    given = dict(row)
    for name in ("length", "usual_max", "extension"):
        if name in given:
            given[name] = length_of(given[name])
    if "per_letter" in given:
        given["per_letter"] = Unit(given["per_letter"])
    given["basis"] = tuple(given["basis"])
    return Rule(group=group, **given)


def length_of(words: str) -> Length:
    """ "60 days" → Length(60, Unit.DAYS)."""
    number, unit = words.split()
    return Length(int(number), Unit(unit))

"""The rules as a clerk looks them up: by group, by key, by a word."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from foundations.calendars.periods import Length
from services.deadlines.explanation import period_words
from services.deadlines.rules import Rule, law


@dataclass(frozen=True)
class Group:
    name: str
    rules: tuple[Rule, ...]


def search(words: str = "") -> list[Group]:
    """The rules in which every word occurs, by group in the order of the law table."""
    asked = words.casefold().split()
    found: dict[str, list[Rule]] = {}
    for rule in _all():
        text = _text(rule)
        if all(word in text for word in asked):
            found.setdefault(rule.group, []).append(rule)
    return [Group(name, tuple(rules)) for name, rules in found.items()]


def key_of(words: str) -> str:
    """The key that is named by itself, with its name, or by words that fit it alone; or ""."""
    first = words.split()[0].upper() if words.split() else ""
    if first in law():
        return first
    keys = {rule.key for group in search(words) for rule in group.rules} if first else set()
    return keys.pop() if len(keys) == 1 else ""


def name_of(key: str) -> str:
    """The name of a rule of the law table; "" for a limit that a room sets by itself."""
    return law()[key][-1].name if key in law() else ""


def length_words(rule: Rule) -> str:
    """How long, in the words of the table."""
    if rule.length is not None:
        period = _period(rule.length)
        return _("%(period)s before") % {"period": period} if rule.before else period
    if rule.until:
        return _until(rule.until)
    return _("as the letter or text says")


def in_force_words(rule: Rule) -> str:
    if rule.valid_from:
        return _("from %(day)s") % {"day": rule.valid_from}
    return _("in force until %(day)s") % {"day": rule.valid_to} if rule.valid_to else ""


def _until(until: str) -> str:
    named = {
        "month": _("within the month"),
        "half_year": _("within the half-year"),
        "year": _("within the year"),
    }
    return named.get(until) or _("until %(day)s of the year") % {"day": until}


def _period(length: Length) -> str:
    return period_words(length.n, length.unit)


def _all() -> Iterator[Rule]:
    for rows in law().values():
        yield from rows


def _text(rule: Rule) -> str:
    return " ".join((rule.key, rule.group, rule.name, rule.trigger, *rule.basis)).casefold()

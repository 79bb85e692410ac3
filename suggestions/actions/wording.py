"""What a letter says, as its form gives it, and how it is put into rows."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from members.models import Organization, User
from members.policy import works_for
from suggestions.copying import copy_lines
from suggestions.models import Addressee, CaseLink, Copy, Problem, Suggestion
from suggestions.numbers import procedures_by_number, read_case_number
from suggestions.policy.writing import ISSUERS
from suggestions.reply_periods import period_of
from suggestions.states import FORMS, CopyMode, Form, Kind, Trigger
from suggestions.units import require_in_force


@dataclass(frozen=True)
class LetterWords:
    """Every field of the form of a letter.

    `form` "" is the usual one of the kind. `problems` are (problem, advice, kind of
    problem); `cases` are (number, note); `addressees` and `copies` are ids of
    organizations: whom a clause obliges to copy is copied without being named here.
    `long_reply` says that a reply period above the usual one is meant.
    """

    kind: str
    issuer: Organization
    title: str
    form: str = ""
    division: Organization | None = None
    handler: User | None = None
    area: str = ""
    triggers: tuple[str, ...] = ()
    background: str = ""
    legal_basis: str = ""
    reply_length: int | None = None
    reply_unit: str = ""
    long_reply: bool = False
    heard_on: date | None = None
    heard_note: str = ""
    deliberated_on: date | None = None
    signed_on: date | None = None
    signed_by: str = ""
    contact: str = ""
    contact_phone: str = ""
    problems: tuple[tuple[str, str, str], ...] = ()
    cases: tuple[tuple[str, str], ...] = ()
    addressees: tuple[int, ...] = ()
    copies: tuple[int, ...] = ()


COLUMNS = (
    *("form", "issuer", "division", "handler", "title", "area", "triggers", "background"),
    *("legal_basis", "reply_length", "reply_unit", "heard_on", "heard_note"),
    *("deliberated_on", "signed_on", "signed_by", "contact", "contact_phone"),
)
STEPS = ("heard_on", "deliberated_on", "signed_on")
"""法释〔2023〕11号 arts. 5, 7: the addressee is heard, then deliberation, then signature."""


def put_words(letter: Suggestion, words: LetterWords, on: date) -> list[str]:
    """Check the words, store the letter with its rows; returns the names of what changed.

    Raises RuleBroken: "wrong_form", "wrong_issuer", "wrong_division", "wrong_handler",
    "unknown_trigger", "no_title", "fixed_length", "length_range", "long_reply",
    "future_day", "steps_order", "case_number", "wrong_unit", "ceased".
    """
    given = _columns(words)
    _check_hands(letter, words)
    _check_days(words, on)
    period = period_of(words.kind, given["form"], letter.mechanism, on)
    period.check(words.reply_length, long_meant=words.long_reply)
    named = words.reply_length is not None and period.own_unit
    given["reply_unit"] = str(period.own_unit) if named else ""
    units = _units(words.addressees, letter, on, "addressees")
    copied = _units(words.copies, letter, on, "copies")
    changed = [
        name
        for name, value in given.items()
        if letter.pk is None or getattr(letter, name) != value
    ]
    for name in changed:
        setattr(letter, name, given[name])
    if changed:
        letter.store()
    rows = {
        "problems": _put_problems(letter, words.problems),
        "cases": _put_cases(letter, words.cases),
        "addressees": _put_addressees(letter, units),
        "copies": _put_copies(letter, copied, units, on),
    }
    told = [name for name, differs in rows.items() if differs]
    if told and not changed:
        letter.store()
    return changed + told


def _columns(words: LetterWords) -> dict:
    given = {field.name: getattr(words, field.name) for field in fields(words)}
    found = {
        name: value.strip() if isinstance(value, str) else value
        for name, value in given.items()
        if name in COLUMNS
    }
    found["form"] = words.form or FORMS[words.kind][0]
    found["triggers"] = list(words.triggers)
    if found["form"] != Form.COMPREHENSIVE:
        found |= dict.fromkeys(STEPS) | {"heard_note": "", "signed_by": ""}
    if not found["title"]:
        raise RuleBroken("no_title", _("Give the letter a title."), "title")
    if found["form"] not in FORMS[words.kind]:
        message = _("A letter of the kind “%(kind)s” has no such form.")
        raise RuleBroken("wrong_form", message % {"kind": Kind(words.kind).label}, "form")
    if set(words.triggers) - set(Trigger.values):
        raise RuleBroken("unknown_trigger", _("Choose from the list."), "triggers")
    return found


def _check_hands(letter: Suggestion, words: LetterWords) -> None:
    """In whose name the letter stands, and who works on it."""
    issuer, division, handler = words.issuer, words.division, words.handler
    if issuer.kind not in ISSUERS[words.kind] or issuer.jurisdiction_id != letter.jurisdiction_id:
        message = _("“%(unit)s” does not issue letters of the kind “%(kind)s”.")
        names = {"unit": issuer.short_name, "kind": Kind(words.kind).label}
        raise RuleBroken("wrong_issuer", message % names, "issuer")
    if division is not None and not _may_write(division, issuer):
        message = _("“%(division)s” is no division of “%(unit)s”.")
        names = {"division": division.short_name, "unit": issuer.short_name}
        raise RuleBroken("wrong_division", message % names, "division")
    if handler is not None and not works_for(handler, issuer):
        message = _("%(name)s does not work for “%(unit)s”.")
        names = {"name": str(handler), "unit": issuer.short_name}
        raise RuleBroken("wrong_handler", message % names, "handler")


def _may_write(division: Organization, issuer: Organization) -> bool:
    """Divisions of the issuer, or of the bureau that acts for it."""
    lead = division.lead
    return issuer.pk in (lead.pk, lead.acts_for_id)


def _check_days(words: LetterWords, on: date) -> None:
    for name in STEPS:
        day = getattr(words, name)
        if day is not None and day > on:
            message = _("%(day)s is later than today; enter it when it has happened.")
            raise RuleBroken("future_day", message % {"day": day.isoformat()}, name)
    check_order(words)


def check_order(words: LetterWords | Suggestion) -> None:
    """Raise RuleBroken("steps_order") unless the days of the steps that are known rise."""
    known = [(name, getattr(words, name)) for name in STEPS if getattr(words, name)]
    for (_before, earlier), (name, later) in pairwise(known):
        if later < earlier:
            message = _(
                "The addressee is heard first, then comes the deliberation, then the "
                "president's signature: %(later)s is before %(earlier)s."
            )
            names = {"later": later.isoformat(), "earlier": earlier.isoformat()}
            raise RuleBroken("steps_order", message % names, name)


def _units(ids: Iterable[int], letter: Suggestion, on: date, field: str) -> list[Organization]:
    """The organizations in the order named, each once."""
    wanted = list(dict.fromkeys(ids))
    rows = Organization.objects.filter(jurisdiction=letter.jurisdiction_id).in_bulk(wanted)
    if len(rows) != len(wanted):
        raise RuleBroken("wrong_unit", _("Choose units of this place."), field)
    units = [rows[pk] for pk in wanted]
    for unit in units:
        require_in_force(unit, on, field)
    return units


def require_other(letter: Suggestion, units: Iterable[Organization], field: str) -> None:
    """Raise RuleBroken("own_letter") if the issuer is among those that it writes to."""
    if any(unit.pk == letter.issuer_id for unit in units):
        raise RuleBroken("own_letter", _("A letter does not go to its own issuer."), field)


def _put_problems(letter: Suggestion, problems: Iterable[tuple[str, str, str]]) -> bool:
    wanted = [tuple(part.strip() for part in row) for row in problems]
    wanted = [row for row in wanted if any(row[:2])]
    kept = list(letter.problems.values_list("text", "advice", "tag"))
    if kept == wanted:
        return False
    letter.problems.all().delete()
    Problem.objects.bulk_create(
        Problem(suggestion=letter, order=place, text=text, advice=advice, tag=tag)
        for place, (text, advice, tag) in enumerate(wanted, 1)
    )
    return True


def _put_cases(letter: Suggestion, cases: Iterable[tuple[str, str]]) -> bool:
    wanted: dict[str, str] = {}
    for typed, note in cases:
        number, hint = read_case_number(typed)
        if hint:
            raise RuleBroken("case_number", hint, "cases")
        if number:
            wanted.setdefault(number, note.strip())
    if list(letter.cases.values_list("number", "note")) == list(wanted.items()):
        return False
    letter.cases.all().delete()
    known = procedures_by_number(letter.jurisdiction_id, wanted)
    CaseLink.objects.bulk_create(
        CaseLink(suggestion=letter, number=number, note=note, procedure=known.get(number))
        for number, note in wanted.items()
    )
    return True


def _put_addressees(letter: Suggestion, units: list[Organization]) -> bool:
    """Of a draft: those named, in their order; whoever stays keeps its row."""
    require_other(letter, units, "addressees")
    kept = {row.organization_id: row for row in letter.addressees.all()}
    wanted = [unit.pk for unit in units]
    if list(kept) == wanted:
        return False
    letter.addressees.exclude(organization__in=wanted).delete()
    for place, unit in enumerate(units):
        row = kept.get(unit.pk) or Addressee(suggestion=letter, organization=unit)
        row.order = place
        row.store()
    return True


def _put_copies(
    letter: Suggestion, chosen: list[Organization], units: list[Organization], on: date
) -> bool:
    """Whom a clause obliges to copy, and the chosen; never who gets the letter itself."""
    without = {letter.issuer_id, *(unit.pk for unit in units)}
    lines = copy_lines(letter.mechanism, letter.kind, on, without=without)
    by_unit = {line.organization.pk: line for line in lines}
    forced = [line.organization.pk for line in lines if line.is_forced]
    named = [unit.pk for unit in chosen if unit.pk not in without]
    ordered = sorted(dict.fromkeys([*forced, *named]), key=[*by_unit, *named].index)
    kept = list(letter.copies.values_list("organization", flat=True))
    if kept == ordered:
        return False
    letter.copies.all().delete()
    for pk in ordered:
        line = by_unit.get(pk)
        Copy.objects.create(
            suggestion=letter,
            organization_id=pk,
            provision=line.provision if line else None,
            mode=line.mode if line else CopyMode.OPTIONAL,
        )
    return True

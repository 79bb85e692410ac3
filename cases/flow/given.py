"""What a step is given, read by the shapes of `cases.flow.asks`; errors stand by fields."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases.flow.asks import ASKS, Ask, Shape
from cases.flow.table import Step
from cases.models import CourtCode, Participant, Procedure, Professional
from cases.numbers.parsed import Parsed, Series, Verdict
from cases.numbers.parsing import parse_number
from foundations.access.errors import RuleBroken
from members.models import Organization, User
from members.states import Side

OF_COURTS = (Series.COURT, Series.LEGACY)
SERIES: dict[str, tuple[str, ...]] = {
    "court": OF_COURTS,
    "reconsideration": (Series.RECONSIDERATION, Series.DOCUMENT),
}
"""The kinds of numbers that the organs of a table give; of other tables any."""


def may_miss(step: Step, name: str) -> bool:
    """May the step be recorded without it? For forms as for the engine."""
    one_mode = name == "mode" and len(step.modes) == 1
    return ASKS[name].optional or name in step.optional or one_mode


def read_given(
    procedure: Procedure, step: Step, on: date, given: Mapping[str, Any]
) -> dict[str, Any]:
    """The values that the step was given, as the engine keeps them.

    Raises RuleBroken, each with the field: "missing", "bad_value", "other_procedure",
    "bad_number", "other_series", "wrong_type", "number_used"; ValueError for a name that no
    step asks for.
    """
    if strange := given.keys() - ASKS.keys():
        raise ValueError(f"{procedure.kind}.{step.key}: nothing asks for {sorted(strange)}")
    found = {}
    for name in (*step.asks, *(given.keys() - set(step.asks))):
        value = read_one(procedure, step, name, given.get(name))
        if value is not None:
            found[name] = value
    if "number" in found:
        found |= _numbered(procedure, found["number"], on)
    return found


def read_one(procedure: Procedure, step: Step, name: str, value: Any) -> Any:
    """One answer as the engine keeps it, None where there is none; a case number is read by
    `numbered`. Raises as `read_given` does."""
    if value is None or value == "" or value == []:
        _require_optional(step, name)
        return None
    return READERS[ASKS[name].shape](procedure, name, value)


def _require_optional(step: Step, name: str) -> None:
    if name in step.asks and name != "mode" and not may_miss(step, name):
        message = _("“%(field)s” is missing.") % {"field": ASKS[name].label}
        raise RuleBroken("missing", message, name)


def _bad(name: str) -> RuleBroken:
    ask: Ask = ASKS[name]
    message = _("This is no possible answer to “%(field)s”.") % {"field": ask.label}
    return RuleBroken("bad_value", message, name)


def _text(_procedure: Procedure, name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise _bad(name)
    return value.strip()


def _day(_procedure: Procedure, name: str, value: Any) -> date:
    try:
        return value if isinstance(value, date) else date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _bad(name) from None


def _number(_procedure: Procedure, name: str, value: Any) -> int:
    try:
        number = int(value)
    except (TypeError, ValueError):
        raise _bad(name) from None
    if number < 1:
        raise _bad(name)
    return number


def _choice(_procedure: Procedure, name: str, value: Any) -> str:
    if str(value) not in dict(ASKS[name].choices):
        raise _bad(name)
    return str(value)


def _yes(_procedure: Procedure, name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _bad(name)
    return value


def _lines(_procedure: Procedure, name: str, value: Any) -> list[str]:
    lines = value.splitlines() if isinstance(value, str) else value
    found = [str(line).strip() for line in lines if str(line).strip()]
    if not found:
        raise _bad(name)
    return found


def _participant(procedure: Procedure, name: str, value: Any) -> Participant:
    if not isinstance(value, Participant):
        raise _bad(name)
    if value.procedure_id != procedure.pk:
        message = _("“%(party)s” takes no part in this procedure.") % {"party": value}
        raise RuleBroken("other_procedure", message, name)
    return value


def _row(*models: type) -> Callable[[Procedure, str, Any], Any]:
    def read(_procedure: Procedure, name: str, value: Any) -> Any:
        if not isinstance(value, models):
            raise _bad(name)
        return value

    return read


def _plain(_procedure: Procedure, _name: str, value: Any) -> Any:
    return value


READERS: dict[Shape, Callable[[Procedure, str, Any], Any]] = {
    Shape.TEXT: _text,
    Shape.LONG: _text,
    Shape.DAY: _day,
    Shape.NUMBER: _number,
    Shape.CHOICE: _choice,
    Shape.YES: _yes,
    Shape.CASE_NUMBER: _text,
    Shape.MODE: _plain,
    Shape.PARTICIPANT: _participant,
    Shape.USER: _row(User),
    Shape.ORGANIZATION: _row(Organization),
    Shape.PROFESSIONAL: _row(Professional),
    Shape.LINES: _lines,
    Shape.WITHIN: _plain,
}


def _numbered(procedure: Procedure, typed: str, on: date) -> dict[str, str]:
    """As `numbered` reads it, and no other procedure of the organ has it."""
    found = numbered(procedure, typed, on, CourtCode.objects.names())
    _check_unused(procedure, found["number"], found["number_key"])
    return found


def numbered(
    procedure: Procedure, typed: str, on: date, courts: Mapping[str, str]
) -> dict[str, str]:
    """The number in its usual form, and the key by which it is found again."""
    found = parse_number(typed, courts, on=on)
    number = found.normalized or typed
    of_court = procedure.organ.side == Side.COURT
    taken = SERIES.get(procedure.table.series, ())
    if taken and (of_court or procedure.table.series != "court"):
        _check_series(procedure, found, taken)
    key = "".join(char for char in number if char.isalnum())
    return {"number": number, "number_key": key}


def _check_series(procedure: Procedure, found: Parsed, taken: tuple[str, ...]) -> None:
    if found.verdict == Verdict.INVALID:
        raise RuleBroken("bad_number", found.hint, "number")
    words = {"procedure": procedure.name}
    if found.series not in taken:
        message = _("This is no number of “%(procedure)s”, but a %(kind)s.")
        words["kind"] = str(Series(found.series).label)
        raise RuleBroken("other_series", message % words, "number")
    code, types = str(found.parts.get("type_code", "")), procedure.table.types
    if found.series == Series.COURT and types and code not in types:
        message = _("“%(code)s” is no number of “%(procedure)s”; it has one of: %(types)s.")
        words |= {"code": code, "types": "、".join(types)}
        raise RuleBroken("wrong_type", message % words, "number")


def _check_unused(procedure: Procedure, number: str, key: str) -> None:
    """One number names one procedure of an organ. The organ's own people see both."""
    used = Procedure.objects.filter(organ=procedure.organ, number_key=key)
    other = used.exclude(pk=procedure.pk).select_related("dispute").first()
    if other is not None:
        message = _("“%(number)s” is used already for “%(title)s”.")
        words = {"number": number, "title": other.dispute.title}
        raise RuleBroken("number_used", message % words, "number")

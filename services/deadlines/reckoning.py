"""From a rule's key to a last day: pure, but for the calendar it is given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.calendars.periods import (
    Length,
    Pause,
    Reckoning,
    Unit,
    add_months,
    reckon,
    reckon_back,
    reckon_until,
)
from foundations.calendars.working_days import ONE_DAY, WorkCalendar
from services.deadlines.rules import Override, Rule, law, rule_on, unknown

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
LONGEST = {Unit.DAYS: 7300, Unit.WORKDAYS: 5000, Unit.MONTHS: 240, Unit.YEARS: 20}


@dataclass(frozen=True)
class Case:
    """What is asked of a rule: the trigger and what happened to the clock.

    `length` is a letter's own length in the unit of the rule; `pauses` are closed;
    `extended` adds the longest extension that the rule allows. `law_of` is the day whose law
    governs where it is not the trigger's: a case goes on under the law it was accepted by.
    """

    trigger_on: date
    length: int | None = None
    pauses: tuple[Pause, ...] = ()
    extended: bool = False
    law_of: date | None = None


@dataclass(frozen=True)
class Answer:
    """A rule's answer; `reckoning` is None where there is no day, and `why` says why."""

    rule: Rule
    case: Case
    reckoning: Reckoning | None
    why: str = ""


def answer(
    key: str, case: Case, *, calendar: WorkCalendar, override: Override | None = None
) -> Answer:
    """The last day by the rule `key`.

    Raises RuleBroken: "unknown_rule"; "day_range" (field trigger or pauses);
    "fixed_length", "length_range" (field length); "not_extendable" (field extended);
    "not_paused", "pause_order" (field pauses).
    """
    if key not in law():
        raise RuleBroken("unknown_rule", unknown(key), "key")
    _check_days((case.trigger_on,), "trigger")
    rule = rule_on(key, case.law_of or case.trigger_on)
    if rule is None:
        return Answer(law()[key][0], case, None, not_in_force(law()[key]))
    if override is not None:
        rule = override.applied(rule)
    _check(rule, case)
    length = _length(rule, case)
    if length is None and not rule.until:
        return Answer(rule, case, None, rule.why)
    return Answer(rule, case, _reckoning(rule, case, length, calendar))


def not_in_force(rows: Iterable[Rule]) -> str:
    """Why there is no day: none of the rows of a key was in force on the trigger."""
    begins = min(row.valid_from for row in rows if row.valid_from)
    return _(
        "This rule is in force from %(day)s on; an earlier case follows the law before it. "
        "Check the old text."
    ) % {"day": f"{begins.year}年{begins.month}月{begins.day}日"}


def _reckoning(rule: Rule, case: Case, length: Length | None, calendar: WorkCalendar) -> Reckoning:
    if length is None:
        last = last_day(rule.until, case.trigger_on)
        period = rule.until if rule.until in {"month", "half_year"} else "year"
        return reckon_until(case.trigger_on, last, period)
    if rule.before:
        return reckon_back(case.trigger_on, length.n, length.unit, calendar)
    return reckon(
        case.trigger_on,
        length.n,
        length.unit,
        calendar,
        pauses=case.pauses,
        extensions=[rule.extension] if case.extended and rule.extension else [],
    )


def last_day(until: str, day: date) -> date:
    """The last day of the calendar period in which `day` lies."""
    if until == "month":
        return add_months(day.replace(day=1), 1) - ONE_DAY
    if until == "half_year":
        return date(day.year, 6, 30) if day.month <= 6 else date(day.year, 12, 31)
    if until == "year":
        return date(day.year, 12, 31)
    return date.fromisoformat(f"{day.year}-{until}")


def _length(rule: Rule, case: Case) -> Length | None:
    if case.length is None:
        return rule.length
    return Length(case.length, _own_unit(rule) or Unit.DAYS)


def _own_unit(rule: Rule) -> Unit | None:
    """The unit in which somebody names a length; None for a rule whose length is fixed."""
    if rule.at_most and rule.length is not None:
        return rule.length.unit
    return rule.per_letter


def _check_days(days: Iterable[date], field: str) -> None:
    if any(not EARLIEST <= day <= LATEST for day in days):
        years = {"first": EARLIEST.year, "last": LATEST.year}
        message = _("Enter a day in the years %(first)d to %(last)d.") % years
        raise RuleBroken("day_range", message, field)


def _check(rule: Rule, case: Case) -> None:
    if case.length is not None:
        _check_length(rule, case.length)
    if case.extended and rule.extension is None:
        words = rule.extended_if or _("No text allows to extend this limit.")
        raise RuleBroken("not_extendable", words, "extended")
    if case.pauses and (rule.before or rule.until):
        message = _("A limit before an event or of a calendar period has no pauses.")
        raise RuleBroken("not_paused", message, "pauses")
    _check_days((day for pause in case.pauses for day in (pause.first, pause.last)), "pauses")
    if any(pause.last < pause.first for pause in case.pauses):
        message = _("A pause ends on or after its first day.")
        raise RuleBroken("pause_order", message, "pauses")


def _check_length(rule: Rule, length: int) -> None:
    unit = _own_unit(rule)
    if unit is None:
        message = _("The length of this limit is fixed by its text.")
        raise RuleBroken("fixed_length", message, "length")
    longest = rule.length.n if rule.at_most and rule.length else LONGEST[unit]
    if not 0 < length <= longest:
        message = _("Enter a length from 1 to %(longest)d.") % {"longest": longest}
        raise RuleBroken("length_range", message, "length")

"""How a due date came about: one sentence, and the steps of the count."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundations.calendars.periods import Unit
from foundations.calendars.working_days import NOTICE
from services.deadlines.models import Deadline


@dataclass(frozen=True)
class Step:
    label: str
    words: str


@dataclass(frozen=True)
class Explanation:
    """`steps` end with the due day; `basis` is the clause or statute, `quote` its words."""

    sentence: str
    steps: tuple[Step, ...]
    basis: str
    quote: str
    notes: tuple[str, ...]


def explain(deadline: Deadline) -> Explanation:
    count = next((step for step in deadline.steps if isinstance(step, dict)), None)
    return Explanation(
        sentence=_sentence(deadline, count),
        steps=tuple(_steps(deadline, count)),
        basis=basis_of(deadline),
        quote=_quote(deadline),
        notes=tuple(_notes(deadline, count)),
    )


def basis_of(deadline: Deadline) -> str:
    """The clause or the statute that causes the limit; "" when neither is recorded."""
    named = deadline.provision.citation if deadline.provision else deadline.basis
    return _("Basis: %(basis)s") % {"basis": named} if named else ""


def day_words(day: date) -> str:
    """2026年11月24日星期二."""
    return date_format(day, _("F j, Y, l"))


def _quote(deadline: Deadline) -> str:
    clause = deadline.provision
    return (clause.operative or clause.text) if clause else ""


def _sentence(deadline: Deadline, count: dict | None) -> str:
    names = {
        "trigger": day_words(deadline.trigger_on),
        "nominal": day_words(deadline.nominal_on),
        "due": day_words(deadline.due_on),
    }
    if count is None:
        return _("Set off on %(trigger)s; the last day is %(due)s.") % names
    names["period"] = period_words(count)
    if count["length"] < 0:
        return _("%(period)s before %(trigger)s; the last day is %(due)s.") % names
    if deadline.nominal_on == deadline.due_on:
        return _("%(period)s from %(trigger)s; the last day is %(due)s.") % names
    names["rest"] = _rest_words(deadline.nominal_on, count)
    return (
        _("%(period)s from %(trigger)s end on %(nominal)s (%(rest)s); the last day is %(due)s.")
        % names
    )


def _steps(deadline: Deadline, count: dict | None) -> Iterator[Step]:
    yield Step(_("Set off"), day_words(deadline.trigger_on))
    if count is not None:
        if count["length"] > 0:
            first = deadline.trigger_on + timedelta(days=1)
            yield Step(_("Counted from the next day"), day_words(first))
        if deadline.nominal_on != deadline.due_on:
            rest = _rest_words(deadline.nominal_on, count)
            yield Step(
                _("%(period)s end") % {"period": period_words(count)},
                _("%(day)s, %(rest)s") % {"day": day_words(deadline.nominal_on), "rest": rest},
            )
    for words in (step for step in deadline.steps if isinstance(step, str)):
        yield Step("", words)
    yield Step(
        _last_label(deadline, count),
        _("%(day)s, until midnight") % {"day": day_words(deadline.due_on)},
    )


def _last_label(deadline: Deadline, count: dict | None) -> str:
    if deadline.due_on > deadline.nominal_on:
        return _("Moved to the next working day")
    if deadline.due_on < deadline.nominal_on:
        return _("Moved to the working day before")
    if count is not None and count["length"] > 0:
        return _("%(period)s end") % {"period": period_words(count)}
    return _("Last day")


def _rest_words(day: date, count: dict) -> str:
    return count.get("holiday") or _("a rest day")


def _notes(deadline: Deadline, count: dict | None) -> Iterator[str]:
    if count is not None:
        yield _("Calendar %(version)s") % {"version": count["calendar"]}
    if deadline.provisional:
        yield str(NOTICE)


def period_words(count: dict) -> str:
    """两个月 and the like: the length of a count without its sign."""
    n = abs(count["length"])
    words = {
        Unit.DAYS: ngettext("%(n)d day", "%(n)d days", n),
        Unit.WORKDAYS: ngettext("%(n)d working day", "%(n)d working days", n),
        Unit.MONTHS: ngettext("%(n)d month", "%(n)d months", n),
        Unit.YEARS: ngettext("%(n)d year", "%(n)d years", n),
    }
    return words[Unit(count["unit"])] % {"n": n}

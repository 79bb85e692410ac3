"""How often a matter is owed, and when each instalment of it is due; pure."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from foundations.calendars.dues import Due
from foundations.calendars.periods import Reckoning, Unit, reckon
from foundations.calendars.terms import Per, Term
from foundations.calendars.working_days import WorkCalendar

UNITS = {
    "calendar_days": Unit.DAYS,
    "working_days": Unit.WORKDAYS,
    "months": Unit.MONTHS,
}


class Cadence(TextChoices):
    """What sets an instalment off: a term, an event, the year's plan; or nothing does."""

    MONTH = "month", gettext_lazy("Monthly")
    QUARTER = "quarter", gettext_lazy("Quarterly")
    HALF_YEAR = "half_year", gettext_lazy("Half-yearly")
    YEAR = "year", gettext_lazy("Yearly")
    EVENT = "event", gettext_lazy("On an event")
    AS_NEEDED = "as_needed", gettext_lazy("As needed")
    PLANNED = "planned", gettext_lazy("By the year's plan")


PERIODIC = frozenset({Cadence.MONTH, Cadence.QUARTER, Cadence.HALF_YEAR, Cadence.YEAR})


def cadence_words(cadence: str, terms: dict) -> str:
    """How often, as the board says it under the name of the matter."""
    if cadence in PERIODIC:
        return Due.of(terms).words(cadence)
    if cadence == Cadence.EVENT and "within" in terms:
        return within_words(terms["within"])
    return {
        Cadence.EVENT: _("in good time after each event"),
        Cadence.AS_NEEDED: _("as needed, no day"),
        Cadence.PLANNED: _("on the days of the year's plan"),
    }[Cadence(cadence)]


def within_words(within: dict) -> str:
    n = within["amount"]
    frame = {
        "calendar_days": ngettext("within %(n)d day of it", "within %(n)d days of it", n),
        "working_days": ngettext(
            "within %(n)d working day of it", "within %(n)d working days of it", n
        ),
        "months": ngettext("within %(n)d month of it", "within %(n)d months of it", n),
    }[within["unit"]]
    return frame % {"n": n}


def terms_due(
    per: Per, due: Due, calendar: WorkCalendar, first_on: date, last_on: date
) -> Iterator[tuple[Term, Reckoning]]:
    """The terms whose instalment is due from `first_on` to `last_on`, both inclusive."""
    term = Term.around(per, first_on)
    for _n in range(2):
        term = term.before
    while True:
        found = due.reckon(term, calendar)
        if found.nominal_on > last_on:
            return
        if first_on <= found.due_on <= last_on:
            yield term, found
        term = Term.around(per, term.last_on + timedelta(days=1))


def reckon_within(happened_on: date, within: dict, calendar: WorkCalendar) -> Reckoning:
    """The last day to tell of what happened on a day."""
    return reckon(happened_on, within["amount"], UNITS[within["unit"]], calendar)

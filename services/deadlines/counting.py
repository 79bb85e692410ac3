"""A limit counted anew from what its row keeps: the same answer for the same calendar."""

from datetime import date

from foundations.calendars.periods import (
    Length,
    Reckoning,
    Unit,
    reckon,
    reckon_back,
)
from foundations.calendars.working_days import WorkCalendar
from services.deadlines.models import Deadline
from services.deadlines.rules import law_version


def count(
    deadline: Deadline, calendar: WorkCalendar, *, length: Length | None = None
) -> Reckoning:
    """The limit's reckoning with its closed pauses and its extensions.

    `length` takes the place of the row's own. A limit whose last day was set by hand counts
    the days from its trigger to that day.
    """
    length = length or deadline.length or days_between(deadline.trigger_on, deadline.nominal_on)
    if deadline.before:
        return reckon_back(deadline.trigger_on, length.n, length.unit, calendar)
    return reckon(
        deadline.trigger_on,
        length.n,
        length.unit,
        calendar,
        pauses=[pause.span for pause in deadline.pauses.all() if pause.last_on],
        extensions=[extension.by for extension in deadline.extensions.all()],
    )


def counted_with(calendar: str, law: str = "") -> str:
    """The mark of a count: the version of the calendar and of the law, today's if not given."""
    return f"{calendar}+{law or law_version()}"


def days_between(first: date, last: date) -> Length:
    return Length((last - first).days, Unit.DAYS)

"""How periods are counted (民诉法 art. 85, 民法典 art. 200-204); pure functions."""

import calendar as month_lengths
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from foundations.calendars.working_days import WorkCalendar


class Unit(StrEnum):
    DAYS = "days"
    WORKDAYS = "workdays"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True)
class Reckoning:
    """How a last day came about; `nominal_on` is where the count ended before any move."""

    trigger_on: date
    length: int
    unit: Unit
    nominal_on: date
    due_on: date
    holiday: str
    calendar: str
    provisional: bool

    @property
    def limits(self) -> dict:
        """What `services.deadlines.actions.open_deadline` takes from a reckoning."""
        return {
            "trigger_on": self.trigger_on,
            "nominal_on": self.nominal_on,
            "due_on": self.due_on,
            "steps": self.steps,
            "provisional": self.provisional,
        }

    @property
    def steps(self) -> list[dict]:
        """The count as JSON, for the explanation on screen."""
        return [
            {
                "length": self.length,
                "unit": self.unit.value,
                "holiday": self.holiday,
                "calendar": self.calendar,
            }
        ]


def add_months(day: date, n: int) -> date:
    """The same day number n months on, or the last day of that month if it has none."""
    month = day.month - 1 + n
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, month_lengths.monthrange(year, month)[1]))


def reckon(trigger_on: date, length: int, unit: Unit, calendar: WorkCalendar) -> Reckoning:
    """The last day of a period that `trigger_on` sets off.

    The day of the trigger is not counted; a last day that is a rest day moves to the
    first working day after it; rest days in between count, except in working days.
    """
    nominal = _end(trigger_on, length, unit, calendar)
    return _reckoning(trigger_on, length, unit, nominal, calendar.next_workday(nominal), calendar)


def reckon_back(event_on: date, length: int, unit: Unit, calendar: WorkCalendar) -> Reckoning:
    """The last day for what must be done `length` before an event.

    The day of the event is not counted; a rest day moves to the working day before it,
    so that the time before the event is never shortened.
    """
    nominal = _end(event_on, -length, unit, calendar)
    due = calendar.previous_workday(nominal)
    return _reckoning(event_on, -length, unit, nominal, due, calendar)


def _end(day: date, length: int, unit: Unit, calendar: WorkCalendar) -> date:
    if unit == Unit.WORKDAYS:
        return calendar.add_workdays(day, length)
    if unit == Unit.DAYS:
        return day + timedelta(days=length)
    return add_months(day, length * 12 if unit == Unit.YEARS else length)


def _reckoning(
    trigger_on: date, length: int, unit: Unit, nominal: date, due: date, calendar: WorkCalendar
) -> Reckoning:
    return Reckoning(
        trigger_on=trigger_on,
        length=length,
        unit=Unit(unit),
        nominal_on=nominal,
        due_on=due,
        holiday="" if due == nominal else calendar.holiday(nominal),
        calendar=calendar.version,
        provisional=calendar.provisional(trigger_on, nominal, due),
    )

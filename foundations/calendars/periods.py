"""How periods are counted (民诉法 art. 85, 民法典 art. 200-204); pure functions."""

import calendar as month_lengths
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from foundations.calendars.working_days import ONE_DAY, WorkCalendar


class Unit(StrEnum):
    DAYS = "days"
    WORKDAYS = "workdays"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True)
class Length:
    n: int
    unit: Unit


@dataclass(frozen=True, order=True)
class Pause:
    """The clock stood still from `first` to `last`, both included (行诉解释 art. 50)."""

    first: date
    last: date
    reason: str = ""
    paper: str = ""

    @property
    def days(self) -> frozenset[date]:
        return frozenset(
            self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)
        )


@dataclass(frozen=True)
class Reckoning:
    """How a last day came about; `nominal_on` is where the count ended before it rolled.

    `latest_working_day` is given only for what must be done before an event: the last
    working day on which it can be done, where `due_on` may be a rest day. `steps` tell
    the count as JSON, in its order; each has "step" and the words' values, days as ISO.
    `calendar` is the version that was read; `length` None for a calendar period.
    """

    trigger_on: date
    nominal_on: date
    due_on: date
    steps: tuple[dict, ...]
    length: Length | None = None
    before: bool = False
    calendar: str = ""
    missing_years: tuple[int, ...] = ()
    latest_working_day: date | None = None

    @property
    def provisional(self) -> bool:
        """Was it counted in a year whose holidays are not published yet?"""
        return bool(self.missing_years)

    @property
    def limits(self) -> dict:
        """What `services.deadlines.actions.open_deadline` takes from a reckoning."""
        return {
            "trigger_on": self.trigger_on,
            "nominal_on": self.nominal_on,
            "due_on": self.due_on,
            "steps": list(self.steps),
            "provisional": self.provisional,
            "length": self.length,
            "before": self.before,
            "calendar": self.calendar,
        }


def add_months(day: date, n: int) -> date:
    """The same day number n months on, or the last day of that month if it has none."""
    month = day.month - 1 + n
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, month_lengths.monthrange(year, month)[1]))


def in_time(due_on: date, *, received_on: date, posted_on: date | None = None) -> bool:
    """What was posted by the last day is in time, whenever it arrives (民诉法 art. 85)."""
    return (posted_on or received_on) <= due_on


def reckon(
    trigger_on: date,
    length: int,
    unit: Unit,
    calendar: WorkCalendar,
    *,
    pauses: Iterable[Pause] = (),
    extensions: Iterable[Length | date] = (),
) -> Reckoning:
    """The last day of a period that `trigger_on` sets off.

    The day of the trigger is not counted. Rest days in between count, except in working
    days; days of a pause never count. An extension is counted from the nominal end, or is
    the day to which it reaches. A period in days, months or years whose last day is a rest
    day, or a day of a pause, ends on the first working day after it; one in working days
    ends where it ends.
    """
    count = _Count(trigger_on, calendar, sorted(pauses))
    count.run(Length(length, Unit(unit)))
    for extension in extensions:
        count.extend(extension)
    count.roll()
    return count.reckoning


def reckon_back(event_on: date, length: int, unit: Unit, calendar: WorkCalendar) -> Reckoning:
    """The last day for what must be done `length` before an event.

    The day of the event is not counted and the last day never rolls forward: where it is
    a rest day, `latest_working_day` says by when offices must have acted.
    """
    nominal = _plain_end(event_on, Length(-length, Unit(unit)), calendar)
    latest = calendar.previous_workday(nominal)
    steps: list[dict] = [
        {"step": "event", "on": str(event_on)},
        {"step": "before", "on": str(nominal), "length": length, "unit": str(unit)},
    ]
    if latest != nominal:
        steps.append({"step": "earlier", "on": str(latest), **_rest(nominal, calendar)})
    # the days looked at: each one of working days, of others the last alone
    last = event_on - ONE_DAY if unit == Unit.WORKDAYS else nominal
    if unit == Unit.WORKDAYS:
        steps += _passed_over(calendar, latest, last)
    return Reckoning(
        trigger_on=event_on,
        nominal_on=nominal,
        due_on=nominal,
        steps=(*steps, *_calendar_steps(calendar, latest, last)),
        length=Length(length, Unit(unit)),
        before=True,
        calendar=calendar.version,
        missing_years=calendar.missing_years(latest, last),
        latest_working_day=latest,
    )


def reckon_until(trigger_on: date, last_on: date, period: str) -> Reckoning:
    """A duty of the `period` ("month", "half_year", "year") in which `trigger_on` lies: its
    last day, whatever day it is."""
    steps = (
        {"step": "in", "on": str(trigger_on), "period": period},
        {"step": "until", "on": str(last_on)},
    )
    return Reckoning(trigger_on, last_on, last_on, steps)


class _Count:
    """A forward count under way: where it stands, and how it came there."""

    def __init__(self, trigger_on: date, calendar: WorkCalendar, pauses: list[Pause]):
        self.trigger_on = self.end = trigger_on
        self.calendar, self.pauses = calendar, pauses
        self.looked_at_from: date | None = None
        self.length: Length | None = None
        self.rolls = False
        self.told: set[Pause] = set()
        self.steps: list[dict] = [{"step": "trigger", "on": str(trigger_on)}]

    def run(self, length: Length, *, extends: bool = False) -> None:
        """Count on from where the count stands, first without pauses and then with each."""
        start = self.end
        self.rolls = length.unit != Unit.WORKDAYS
        if not self.rolls:
            self.looked_at_from = self.looked_at_from or start + ONE_DAY
        self.length = self.length or length
        if not extends and length.n:
            self.steps.append({"step": "first_day", "on": str(start + ONE_DAY)})
        self.end = _plain_end(start, length, self.calendar)
        kind = "extension" if extends else "end"
        self.steps.append(
            {"step": kind, "on": str(self.end), "length": length.n, "unit": str(length.unit)}
        )
        stopped: frozenset[date] = frozenset()
        for pause in self.pauses:
            stopped |= pause.days
            self._stop(start, length, pause, stopped)

    def extend(self, extension: Length | date) -> None:
        if isinstance(extension, Length):
            self.run(extension, extends=True)
            return
        self.end, self.rolls = extension, True
        self.steps.append({"step": "extended_to", "on": str(extension)})

    def _stop(self, start: date, length: Length, pause: Pause, stopped: frozenset[date]) -> None:
        end = _end(start, length, self.calendar, stopped)
        if end == self.end:
            return
        unit = Unit.WORKDAYS if length.unit == Unit.WORKDAYS else Unit.DAYS
        taken = sum(self._counts(day, unit) for day in _days_after(self.end, end))
        self.end = end
        self.told.add(pause)
        self.steps.append(
            {
                "step": "pause",
                "from": str(pause.first),
                "to": str(pause.last),
                "on": str(end),
                "length": taken,
                "unit": str(unit),
                "reason": pause.reason,
                "paper": pause.paper,
            }
        )

    def _counts(self, day: date, unit: Unit) -> bool:
        return unit != Unit.WORKDAYS or self.calendar.is_workday(day)

    def roll(self) -> None:
        self.due = self.end
        stopped = frozenset().union(*(pause.days for pause in self.pauses))
        while self.rolls and (self.due in stopped or not self.calendar.is_workday(self.due)):
            self.due += ONE_DAY
        if self.due != self.end:
            self.steps.append(
                {"step": "roll", "on": str(self.due), **_rest(self.end, self.calendar)}
            )
        self._tell_other_pauses()

    def _tell_other_pauses(self) -> None:
        """Those that moved no count: passed over at the end, or without effect."""
        passed = frozenset(_days_after(self.end, self.due))
        for pause in self.pauses:
            if pause not in self.told:
                kind = "pause_passed" if pause.days & passed else "pause_idle"
                self.steps.append({"step": kind, "from": str(pause.first), "to": str(pause.last)})

    @property
    def reckoning(self) -> Reckoning:
        first = self.looked_at_from or self.end
        passed = _passed_over(self.calendar, first, self.due) if self.looked_at_from else ()
        return Reckoning(
            trigger_on=self.trigger_on,
            nominal_on=self.end,
            due_on=self.due,
            steps=(*self.steps, *passed, *_calendar_steps(self.calendar, first, self.due)),
            length=self.length,
            calendar=self.calendar.version,
            missing_years=self.calendar.missing_years(first, self.due),
        )


def _days_after(first: date, last: date) -> Iterator[date]:
    """The days after `first` until `last`."""
    for n in range(1, (last - first).days + 1):
        yield first + timedelta(days=n)


def _plain_end(day: date, length: Length, calendar: WorkCalendar) -> date:
    if length.unit == Unit.WORKDAYS:
        return calendar.add_workdays(day, length.n)
    if length.unit == Unit.DAYS:
        return day + timedelta(days=length.n)
    return add_months(day, length.n * (12 if length.unit == Unit.YEARS else 1))


def _end(start: date, length: Length, calendar: WorkCalendar, stopped: frozenset[date]) -> date:
    """The end of a count in which the `stopped` days are passed over."""
    by_workdays = length.unit == Unit.WORKDAYS
    left = length.n if by_workdays else (_plain_end(start, length, calendar) - start).days
    day = start
    while left:
        day += ONE_DAY
        left -= day not in stopped and (not by_workdays or calendar.is_workday(day))
    return day


def _rest(day: date, calendar: WorkCalendar) -> dict:
    return {"from": str(day), "holiday": calendar.holiday(day)}


def _passed_over(calendar: WorkCalendar, first: date, last: date) -> list[dict]:
    """What no plain weekend explains in a count of working days: the holidays that it passed
    over, and the days of a weekend that it counted."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    blocks = [(name, list(block)) for name, block in groupby(days, calendar.holiday) if name]
    holidays = [
        {"name": name, "from": str(block[0]), "to": str(block[-1])} for name, block in blocks
    ]
    work = [str(day) for day in days if day in calendar.work]
    return [{"step": "passed_over", "holidays": holidays, "work": work}] if blocks or work else []


def _calendar_steps(calendar: WorkCalendar, first: date, last: date) -> list[dict]:
    """Which calendar was read, and what it did not know of the days looked at."""
    steps: list[dict] = [
        {
            "step": "calendar",
            "version": calendar.version,
            "region": calendar.region,
            "regional_days": calendar.regional_days,
        }
    ]
    if missing := calendar.missing_years(first, last):
        steps.append({"step": "provisional", "years": list(missing)})
    if missing := calendar.missing_regional_years(first, last):
        steps.append({"step": "region_missing", "years": list(missing)})
    return steps

"""The stages at which a limit is reminded of, and who is told at each; pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from foundations.calendars.working_days import WorkCalendar

WORKDAYS_BEFORE = (1, 3, 7, 15)
WEEK = timedelta(days=7)
ONE_DAY = timedelta(days=1)


class Rung(StrEnum):
    """The ladder: who hears of a limit that is over, a week later each."""

    HANDLER = "handler"
    OFFICER = "officer"
    HEAD = "head"
    CONVENOR = "convenor"


@dataclass(frozen=True)
class Stage:
    """`first` to `last` (inclusive; no `first` for the oldest): the due days at this stage."""

    key: str
    rung: Rung
    first: date | None
    last: date


def stages(on: date, calendar: WorkCalendar) -> list[Stage]:
    """Which due days have reached which stage on `on`: each day is at one stage at most.

    Fifteen, seven, three and one working days before, the day itself; then the ladder,
    from the handler to the convenor, a week apart.
    """
    found = [Stage("today", Rung.HANDLER, on, on)]
    first = on + ONE_DAY
    for days in WORKDAYS_BEFORE:
        last = calendar.add_workdays(on, days)
        found.append(Stage(f"before-{days}", Rung.HANDLER, first, last))
        first = last + ONE_DAY
    return found + _ladder(on)


def _ladder(on: date) -> list[Stage]:
    found, last = [], on - ONE_DAY
    for week, rung in enumerate(Rung):
        top = rung == Rung.CONVENOR
        first = None if top else on - WEEK * (week + 1) + ONE_DAY
        found.append(Stage(f"late-{week}", rung, first, last))
        last = (first or last) - ONE_DAY
    return found


def rung_of(stage: str) -> Rung:
    """Who is told at a stage, by its key."""
    kind, _dash, week = stage.partition("-")
    return list(Rung)[int(week)] if kind == "late" else Rung.HANDLER

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
    """`first` to `last` (inclusive; without `first` every day up to `last`): the due days that
    have reached this stage."""

    key: str
    rung: Rung
    first: date | None
    last: date


def stages(on: date, calendar: WorkCalendar) -> list[Stage]:
    """Which due days have reached which stage on `on`.

    Fifteen, seven, three and one working days before and the day itself: each day is at
    one of them at most. After it the ladder, from the handler to the convenor, a week
    apart: a limit that is over has reached every rung up to its own, so that days without
    a run pass nobody over.
    """
    found = [Stage("today", Rung.HANDLER, on, on)]
    first = on + ONE_DAY
    for days in WORKDAYS_BEFORE:
        last = calendar.add_workdays(on, days)
        found.append(Stage(f"before-{days}", Rung.HANDLER, first, last))
        first = last + ONE_DAY
    last = on - ONE_DAY
    for week, rung in enumerate(Rung):
        found.append(Stage(f"late-{week}", rung, None, last))
        last = on - WEEK * (week + 1)
    return found


def rung_of(stage: str) -> Rung:
    """Who is told at a stage, by its key."""
    kind, _dash, week = stage.partition("-")
    return list(Rung)[int(week)] if kind == "late" else Rung.HANDLER


def is_at(stage: str, due_on: date, on: date) -> bool:
    """Is what the stage says of a due day still true on `on`?"""
    if stage == "today":
        return due_on == on
    return due_on < on if stage.startswith("late") else due_on > on

"""How long a procedure lasted, and how long all was calm after it."""

from collections.abc import Iterable
from datetime import date

from cases.models import Procedure
from cases.tallies.story import Happened
from foundations.calendars.periods import add_months


def calm_months(closed_on: date, unrest: date) -> int:
    """How many whole months had passed by the day before the unrest."""
    months = 12 * (unrest.year - closed_on.year) + unrest.month - closed_on.month
    while months and add_months(closed_on, months) >= unrest:
        months -= 1
    return months


def lasted(procedure: Procedure, steps: Iterable[Happened]) -> int | None:
    """Days from acceptance to closing, without those on which the clock stood still."""
    accepted, closed = procedure.accepted_on, procedure.closed_on
    if accepted is None or closed is None:
        return None
    return (closed - accepted).days - _suspended(procedure, steps, accepted, closed)


def _suspended(
    procedure: Procedure, steps: Iterable[Happened], accepted: date, closed: date
) -> int:
    """From each step that stops the clock to the day before the one that lets it run on, or
    to the closing; what was imported without its steps has none."""
    total, since = 0, None
    for one in steps:
        step, on = procedure.table.steps.get(one.step), one.on
        if step is None:
            continue
        if since is None and _stops(procedure, step.pauses):
            since = on
        elif since is not None and step.resumes:
            total, since = total + _within(since, on, accepted, closed), None
    return total + (_within(since, closed, accepted, closed) if since else 0)


def _stops(procedure: Procedure, pauses: Iterable[str]) -> bool:
    """Are there steps that let it run on? Where papers are supplemented the time to accept
    begins anew instead."""
    resumed = {rule for step in procedure.table.steps.values() for rule in step.resumes}
    return not resumed.isdisjoint(pauses)


def _within(since: date, until: date, accepted: date, closed: date) -> int:
    return max((min(until, closed) - max(since, accepted)).days, 0)

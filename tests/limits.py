"""Limits for tests: counted by the calendar, or with a day that was set by hand."""

from datetime import UTC, date, datetime

from foundations.calendars.periods import reckon
from services.deadlines.actions import open_deadline
from services.deadlines.rules import length_of

RULE = "TEST"


def at_nine(day: date) -> datetime:
    """Nine o'clock of a day in China."""
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


def by_hand(city, due_on, unit="court", **changes):
    """A limit that the unit has for the body until a day that somebody chose."""
    given = {
        "actor": None,
        "title": "报送议题",
        "jurisdiction": city.jurisdiction,
        "owed_by": city.organizations[unit],
        "trigger_on": date(2026, 10, 12),
        "due_on": due_on,
    }
    rule = changes.pop("rule", RULE)
    return open_deadline(city.body, rule, **given | changes)


def counted(city, trigger_on, words, unit="court", **changes):
    """A limit of so many days or the like, such as "15 days"."""
    length = length_of(words)
    found = reckon(trigger_on, length.n, length.unit, city.jurisdiction.calendar)
    return by_hand(city, unit=unit, **found.limits | changes)

"""The office hours that a profile names: `office_hours: "9:00-18:00"`."""

from datetime import time

HOURS = r"^([01]?[0-9]|2[0-3]):[0-5][0-9]-([01]?[0-9]|2[0-3]):[0-5][0-9]$"
USUAL = "8:30-17:30"


def office_hours(jurisdiction: dict) -> tuple[time, time]:
    """From and until when offices work, by the section `jurisdiction`."""
    first, _dash, last = jurisdiction.get("office_hours", USUAL).partition("-")
    return _time(first), _time(last)


def _time(words: str) -> time:
    hour, _colon, minute = words.partition(":")
    return time(int(hour), int(minute))

"""The last day of what is owed for a term, as a text names it; pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from foundations.calendars.periods import Reckoning, Unit, reckon, reckon_until
from foundations.calendars.terms import Per, Term
from foundations.calendars.working_days import ONE_DAY, WorkCalendar


@dataclass(frozen=True)
class Due:
    """The last day of a term's instalment, as its text names it.

    `day` of the month, or `days_after` the end of the term: both run to the next working
    day. `on` (month and day) is a day that the text names, in the year after the term
    where `of_previous`; with none of them the term's own last day. These two stay, whatever
    day it is.
    """

    day: int = 0
    days_after: int = 0
    on: str = ""
    of_previous: bool = False

    @classmethod
    def of(cls, given: dict) -> "Due":
        return cls(
            day=given.get("day", 0),
            days_after=given.get("days_after", 0),
            on=given.get("on", ""),
            of_previous=given.get("of") == "previous",
        )

    def reckon(self, term: Term, calendar: WorkCalendar) -> Reckoning:
        if self.day:
            last = min(self.day, term.last_on.day)
            return reckon(term.first_on - ONE_DAY, last, Unit.DAYS, calendar)
        if self.days_after:
            return reckon(term.last_on, self.days_after, Unit.DAYS, calendar)
        last_on = term.last_on
        if self.on:
            month, day = (int(part) for part in self.on.split("-"))
            last_on = date(term.year + self.of_previous, month, day)
        return reckon_until(term.first_on, last_on, term.per)

    def words(self, per: str) -> str:
        """每月 20 日前, 每季度后 30 日内, 每年 3 月 31 日前, 每半年."""
        if self.day:
            return _("by the %(day)d of each month") % {"day": self.day}
        each = {
            Per.MONTH: _("each month"),
            Per.QUARTER: _("each quarter"),
            Per.HALF_YEAR: _("each half-year"),
            Per.YEAR: _("each year"),
        }[Per(per)]
        if self.days_after:
            names = {"term": each, "n": self.days_after}
            return _("within %(n)d days after %(term)s") % names
        if self.on:
            month, day = (int(part) for part in self.on.split("-"))
            frame = _("by %(month)d-%(day)d of each year")
            if self.of_previous:
                frame = _("by %(month)d-%(day)d of the next year")
            return frame % {"month": month, "day": day}
        return each


def due_faults(row: dict) -> Iterator[tuple[str, str]]:
    """What is wrong with `due` and `of` beside `every`: the key, and the sentence."""
    due, every = row.get("due", {}), row.get("every")
    if due and not every:
        yield "due", _("“due” stands beside “every” only.")
    if "day" in due and every not in (None, "month"):
        yield "due", _("A “day” of the month needs “every: month”.")
    if "on" in due:
        if every not in (None, "year"):
            yield "due", _("A day “on” of the year needs “every: year”.")
        if not _is_day(due["on"]):
            yield "due", _("There is no day “%(day)s”.") % {"day": due["on"]}
    elif "of" in row:
        yield "due", _("“of: previous” stands beside a day “on” only.")


def _is_day(words: str) -> bool:
    """Is it a day of every year?"""
    try:
        date.fromisoformat(f"2001-{words}")
    except ValueError:
        return False
    return True

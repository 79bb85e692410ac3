"""The days of a notice as lines of text: `2027-02-05..2027-02-11 春节`."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.translation import gettext as _

from foundations.calendars.models import HolidayDay
from foundations.calendars.tables import Row
from foundations.calendars.working_days import ONE_DAY, SATURDAY

Kind = HolidayDay.Kind
DAY = r"(?:\d{4}-)?\d{1,2}-\d{1,2}"
LINE = re.compile(
    rf"(?P<first>{DAY})(?:\s*(?:\.\.|至|—|–|~|～)\s*(?P<last>{DAY}))?\s*(?P<name>.*)"
)
ADJUSTED = "调休"
LONGEST = 31
LONGEST_NAME = 40


@dataclass(frozen=True)
class Span:
    """Days in a row of one kind and name."""

    first: date
    last: date
    kind: str
    name: str

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def line(self) -> str:
        """As it is typed; 调休 after the name marks rest days by adjustment."""
        days = f"{self.first}" if self.first == self.last else f"{self.first}..{self.last}"
        mark = ADJUSTED if self.kind == Kind.REST else ""
        return " ".join(filter(None, (days, self.name, mark)))


def spans(rows: Iterable[Row]) -> list[Span]:
    found: list[Span] = []
    for day, kind, name in sorted(rows):
        if found and (found[-1].last + ONE_DAY, found[-1].kind, found[-1].name) == (
            day,
            kind,
            name,
        ):
            found[-1] = Span(found[-1].first, day, kind, name)
        else:
            found.append(Span(day, day, kind, name))
    return found


@dataclass(frozen=True)
class Holiday:
    """The days off of one name in a row, and those of them that are off by adjustment."""

    span: Span
    adjusted: tuple[date, ...]


def holidays_of(rows: Iterable[Row]) -> list[Holiday]:
    known = {day: (kind, name) for day, kind, name in rows if kind != Kind.WORK}
    found = []
    for span in spans((day, "", name) for day, (_kind, name) in known.items()):
        off = [day for day in known if span.first <= day <= span.last]
        adjusted = (day for day in off if known[day][0] == Kind.REST)
        found.append(Holiday(span, tuple(sorted(adjusted))))
    return found


def as_lines(rows: Iterable[Row], *, work: bool) -> str:
    """The days off of a notice, or its make-up workdays."""
    return "\n".join(span.line for span in spans(rows) if (span.kind == Kind.WORK) == work)


class Lines:
    """`rows` of a text and its `problems`, each with the number of its line."""

    def __init__(self, text: str, year: int, *, work: bool) -> None:
        self.year, self.work = year, work
        self.rows: list[Row] = []
        self.problems: list[str] = []
        for number, line in enumerate(text.splitlines(), start=1):
            if words := line.strip():
                self._read(number, words)

    def _read(self, number: int, line: str) -> None:
        problem = self._problem(line)
        if problem:
            self.problems.append(
                _("Line %(number)d “%(line)s”: %(problem)s")
                % {"number": number, "line": line[:40], "problem": problem}
            )

    def _problem(self, line: str) -> str:
        """ "" for a line that is right, whose rows are kept."""
        found = LINE.fullmatch(line)
        if found is None:
            return _("write it as 2027-02-05..2027-02-11 春节.")
        try:
            first = self._day(found["first"])
            last = self._day(found["last"] or found["first"])
        except ValueError:
            return _("there is no such day.")
        rows = list(self._rows(first, last, found["name"]))
        problem = self._wrong(first, last) or self._wrong_rows(rows)
        if not problem:
            self.rows += rows
        return problem

    def _day(self, text: str) -> date:
        parts = [int(part) for part in text.split("-")]
        return date(*parts) if len(parts) == 3 else date(self.year, *parts)

    def _rows(self, first: date, last: date, name: str) -> Iterator[Row]:
        words = name.split()
        adjusted = ADJUSTED in words
        kept = " ".join(word for word in words if word != ADJUSTED)
        kind = Kind.WORK if self.work else Kind.REST if adjusted else Kind.STATUTORY
        for n in range(min((last - first).days, LONGEST) + 1):
            yield first + timedelta(days=n), str(kind), kept

    def _wrong(self, first: date, last: date) -> str:
        if last < first:
            return _("the last day is before the first.")
        if (last - first).days >= LONGEST:
            return _("these are more than %(n)d days.") % {"n": LONGEST}
        if {first.year, last.year} != {self.year}:
            return _("not all days are in %(year)d; name only those of the year.") % {
                "year": self.year
            }
        return ""

    def _wrong_rows(self, rows: list[Row]) -> str:
        known = {day for day, _kind, _name in self.rows}
        for day, _kind, name in rows:
            if day in known:
                return _("%(day)s is named twice.") % {"day": day}
            if self.work and day.weekday() < SATURDAY:
                return _("%(day)s is no weekend; a make-up workday is one.") % {"day": day}
            if len(name) > LONGEST_NAME:
                return _("the name is too long.")
        return ""


@dataclass(frozen=True)
class Difference:
    """Days in a row whose meaning changes in the same way; "" is an ordinary day."""

    first: date
    last: date
    before: str
    after: str


def differences(before: Iterable[Row], after: Iterable[Row]) -> list[Difference]:
    was, will = _meanings(before), _meanings(after)
    changed = sorted(
        day for day in was.keys() | will.keys() if was.get(day, "") != will.get(day, "")
    )
    place = {day: number for number, day in enumerate(changed)}

    def alike(day: date) -> tuple:
        """Days in a row keep the same distance to their place in the list."""
        return day.toordinal() - place[day], was.get(day, ""), will.get(day, "")

    found = []
    for (_run, old, new), days in groupby(changed, key=alike):
        run = list(days)
        found.append(Difference(run[0], run[-1], old, new))
    return found


def _meanings(rows: Iterable[Row]) -> dict[date, str]:
    return {day: _meaning(kind, name) for day, kind, name in rows}


def _meaning(kind: str, name: str) -> str:
    words = {"name": name, "kind": Kind(kind).label}
    return _("%(kind)s: %(name)s") % words if name else str(Kind(kind).label)

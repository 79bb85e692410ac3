"""What a query asks for: which figures, told apart by what, over which days, of whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from dashboards.figures.asked import EARLIEST, Asked
from dashboards.models import SavedQuery
from dashboards.queries.states import Grouping, Span
from foundations.access.errors import RuleBroken
from foundations.calendars.terms import Per, Term
from mechanisms.models import Mechanism
from members.models import Organization, User
from services.indicators.definitions import indicators
from services.indicators.periods import Period, months_of

MOST_MONTHS = 36
MOST_APART = 12
"""So many months, and so many indicators told apart, are counted at once."""
RUNNING = {
    Span.THIS_MONTH: Per.MONTH,
    Span.THIS_QUARTER: Per.QUARTER,
    Span.THIS_YEAR: Per.YEAR,
}
OVER = {
    Span.LAST_MONTH: Per.MONTH,
    Span.LAST_QUARTER: Per.QUARTER,
    Span.LAST_YEAR: Per.YEAR,
}


@dataclass(frozen=True)
class Pick:
    """One indicator; without a `way` it is counted as the institution has chosen."""

    key: str
    way: str = ""

    @classmethod
    def read(cls, text: str) -> Self:
        """From "R3" or "R3:concluded"."""
        key, _colon, way = text.partition(":")
        return cls(key, way)

    def __str__(self) -> str:
        return f"{self.key}:{self.way}" if self.way else self.key


def picks_of(keys: Iterable[str], ways: Iterable[str]) -> tuple[Pick, ...]:
    """Each key once; a way of counting holds for the key before its colon."""
    chosen = {one.key: one.way for one in map(Pick.read, ways)}
    return tuple(Pick(key, chosen.get(key, "")) for key in dict.fromkeys(keys))


def period_of(span: Span, on: date) -> tuple[date, date]:
    """The first and last day (inclusive) of words said on a day; what runs ends on the day
    itself. This year to last month is in January the whole of last year."""
    if span in RUNNING:
        return Term.around(RUNNING[span], on).first_on, on
    if span == Span.YEAR_TO_LAST_MONTH:
        last = Term.around(Per.MONTH, on).before.last_on
        return date(last.year, 1, 1), last
    term = Term.around(OVER[span], on).before
    return term.first_on, term.last_on


@dataclass(frozen=True)
class Wanted:
    """`since` and `until` (inclusive) are there where the span is two fixed days."""

    picks: tuple[Pick, ...]
    grouping: Grouping = Grouping.NONE
    span: Span = Span.THIS_YEAR
    since: date | None = None
    until: date | None = None
    unit: Organization | None = None
    area: str = ""

    @classmethod
    def of(cls, query: SavedQuery) -> Self:
        return cls(
            picks=tuple(Pick.read(text) for text in query.indicators),
            grouping=Grouping(query.grouping),
            span=Span(query.span),
            since=query.since,
            until=query.until,
            unit=query.unit,
            area=query.area,
        )

    @property
    def defined(self) -> tuple[Pick, ...]:
        """What there still is; a way that is gone gives way to the chosen one."""
        known = indicators()
        return tuple(
            one if one.way in known[one.key].variants else Pick(one.key)
            for one in self.picks
            if one.key in known
        )

    @property
    def query(self) -> str:
        """The same in an address."""
        given: list[tuple[str, str]] = [("what", one.key) for one in self.picks]
        given += [("way", str(one)) for one in self.picks if one.way]
        given += [("grouping", self.grouping), ("span", self.span)]
        if self.span == Span.DAYS:
            days = {"since": self.since, "until": self.until}
            given += [(name, day.isoformat()) for name, day in days.items() if day]
        if self.unit is not None:
            given.append(("unit", self.unit.public_id))
        if self.area:
            given.append(("area", self.area))
        return urlencode(given)

    def asked(
        self, mechanism: Mechanism, reader: User, *, on: date, said_on: date | None = None
    ) -> Asked:
        """The period as it is meant on `said_on`, by default on the day as of which all is
        known. Raises RuleBroken beside the field that cannot be."""
        first, last = self._period(said_on or on)
        self._check(first, last)
        return Asked(mechanism, first, last, on, reader, self.unit, self.area)

    def _period(self, on: date) -> tuple[date, date]:
        if self.span != Span.DAYS:
            return period_of(self.span, on)
        for name, day in (("since", self.since), ("until", self.until)):
            if day is None:
                raise RuleBroken("no_day", _("Two days need a first and a last one."), name)
        if self.until < self.since:
            message = _("The period ends before it begins.")
            raise RuleBroken("period_reversed", message, "until")
        if self.since > on:
            message = _("The period has not begun yet.")
            raise RuleBroken("period_ahead", message, "since")
        if self.since < EARLIEST:
            message = _("There are no figures of days before %(day)s.")
            words = message % {"day": EARLIEST.isoformat()}
            raise RuleBroken("period_early", words, "since")
        return self.since, min(self.until, on)

    def _check(self, first: date, last: date) -> None:
        if not self.picks:
            raise RuleBroken("no_indicator", _("Choose at least one indicator."), "what")
        if self.grouping != Grouping.NONE and len(self.picks) > MOST_APART:
            message = _("At most %(n)d indicators are told apart at once; choose fewer.")
            raise RuleBroken("too_many", message % {"n": MOST_APART}, "what")
        if self.grouping == Grouping.MONTH and len(months_of(first, last)) > MOST_MONTHS:
            message = _("At most %(n)d months are told apart at once; choose a shorter period.")
            raise RuleBroken("too_long", message % {"n": MOST_MONTHS}, "grouping")
        if self.unit is not None and not self.unit.held_within(first, last):
            message = _("The unit did not exist in this period.")
            raise RuleBroken("unit_not_there", message, "unit")


def called(asked: Asked) -> str:
    """The period as it is called on paper."""
    return Period(asked.first_on, asked.last_on).label

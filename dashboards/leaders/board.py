"""What stands on the leaders' page beside the ratios, each part asked once."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property

from django.utils.translation import gettext as _

from cases.dictionaries import area_name, area_names
from cases.states import Kind
from dashboards.compliance import Look
from dashboards.figures.asked import AREA, Asked
from dashboards.figures.lines import Line
from dashboards.leaders.told import (
    TOLD,
    Standing,
    decided,
    decided_late,
    duties,
    standing,
    told_url,
)
from dashboards.leaders.unit import Stage, stages
from dashboards.next_meeting import NextMeeting, NextRegular, next_meeting, next_regular
from mechanisms.judging import Judgement, counted, judgements
from mechanisms.states import ComplianceState
from meetings.work.reading import Reading
from services.deadlines.models import Deadline
from services.indicators.periods import months_of, the_year_before
from services.indicators.questions import Question, by_groups, by_months
from services.indicators.values import Value

HURTS, BROKEN, AREAS = 4, 3, 8
WEEK = timedelta(days=7)
PART = "（"
TAKEN = (("C2", Kind.RECONSIDERATION), ("C1", Kind.FIRST_INSTANCE))
"""Cases taken, as the charts have them."""


@dataclass(frozen=True)
class StateCount:
    look: Look
    n: int
    x: str
    width: str


@dataclass(frozen=True)
class Row:
    """Of a chart's table: each number with where its rows are listed, empty if nowhere."""

    name: str
    cells: list[tuple[int, str]]


class Board:
    """`asked` without a unit; what is due and decided is as of `asked.on`."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked

    @cached_property
    def reading(self) -> Reading | None:
        reader = self.asked.reader
        return None if reader is None else Reading(reader, self.asked.on)

    @cached_property
    def overdue(self) -> int:
        return self.standing.overdue.total()

    @cached_property
    def standing(self) -> Standing:
        return standing(self.asked)

    @cached_property
    def hurts(self) -> list[Deadline]:
        """What is overdue longest, then what is due within a week."""
        near = duties(self.asked).filter(due_on__lte=self.asked.on + WEEK)
        return list(
            near.select_related("owed_by", "provision")
            .prefetch_related("subject")
            .order_by("due_on", "pk")[:HURTS]
        )

    @property
    def urls(self) -> dict[str, str]:
        """Where the rows of its counts are listed."""
        return {of.replace("-", "_"): told_url(self.asked.mechanism.key, of) for of in TOLD}

    @cached_property
    def judged(self) -> list[Judgement]:
        return judgements(self.asked.mechanism, self.asked.on)

    @cached_property
    def states(self) -> list[StateCount]:
        """How many clauses are in each state, with the place of each in a bar of them all."""
        totals = {state: n for state, n in counted(self.judged).items() if n}
        whole, at, found = sum(totals.values()), 0, []
        for state, n in totals.items():
            x, width = 100 * at / whole, max(100 * n / whole - 0.4, 0)
            found.append(StateCount(Look(state), n, f"{x:.2f}%", f"{width:.2f}%"))
            at += n
        return found

    @cached_property
    def broken(self) -> list[Judgement]:
        rows = [one for one in self.judged if one.finding.state == ComplianceState.BROKEN]
        return rows[:BROKEN]

    @cached_property
    def meeting(self) -> NextMeeting | None:
        return next_meeting(self.reading) if self.reading else None

    @cached_property
    def regular(self) -> NextRegular | None:
        return next_regular(self.reading) if self.reading else None

    @cached_property
    def resolutions(self) -> tuple[int, int]:
        """Open matters that were decided, and those of them that are late."""
        return decided(self.asked).count(), decided_late(self.asked).count()

    @cached_property
    def stages(self) -> list[Stage]:
        return stages(self.asked, self.standing)

    @property
    def under_way(self) -> int:
        return sum(one.n for one in self.stages)

    @cached_property
    def areas(self) -> dict:
        """Cases taken, by the area of administration, the fullest first; parts in their whole."""
        taken = {key: self._by_area[key] for key, _kind in TAKEN}
        names = {name for found in taken.values() for name in found}
        total = {name: sum(found.get(name, 0) for found in taken.values()) for name in names}
        order = sorted(names, key=lambda name: (-total[name], name))[:AREAS]
        series = [
            {"name": str(kind.label), "values": [taken[key].get(area, 0) for area in order]}
            for key, kind in TAKEN
        ]
        return {"areas": order, "series": series}

    @property
    def area_rows(self) -> list[tuple]:
        """The chart's numbers as the rows of a table."""
        return _turned(self.areas["areas"], self.areas["series"])

    @property
    def area_table(self) -> list[Row]:
        """The same, each number with the way to its rows."""
        asked = {name: self._of_area(keys) for name, keys in self._area_keys.items()}
        return [
            Row(
                name,
                [
                    (n, self._url(key, asked[name]))
                    for n, (key, _kind) in zip(ns, TAKEN, strict=True)
                ],
            )
            for name, *ns in self.area_rows
        ]

    @property
    def trend_rows(self) -> list[tuple]:
        return _turned(self.trend["months"], self.trend["series"])

    @property
    def trend_table(self) -> list[Row]:
        rows = []
        months = months_of(self.asked.first_on, self.asked.last_on)
        for (name, *ns), days in zip(self.trend_rows, months, strict=False):
            here, before = (
                replace(self.asked, first_on=first, last_on=last)
                for first, last in (days, the_year_before(*days))
            )
            places = [(key, here) for key, _kind in TAKEN] + [(TAKEN[-1][0], before)]
            urls = [self._url(key, asked) for key, asked in places]
            rows.append(Row(name, list(zip(ns, urls, strict=False))))
        return rows

    @cached_property
    def _by_area(self) -> dict[str, dict[str, int]]:
        """Of each indicator, by the name of the whole area."""
        asks = {key: self._question(key) for key, _kind in TAKEN}
        known = {key: one for key, one in asks.items() if one is not None}
        found = dict(zip(known, by_groups(list(known.values()), AREA), strict=True))
        return {key: self._area_counts(found.get(key, {})) for key in asks}

    def _area_counts(self, by_area: dict[Hashable, Value]) -> dict[str, int]:
        found: dict[str, int] = {}
        for area, value in by_area.items():
            name = area_name(str(area)).partition(PART)[0]
            found[name] = found.get(name, 0) + value.n
            self._area_keys.setdefault(name, set()).add(str(area))
        return found

    @cached_property
    def _area_keys(self) -> dict[str, set[str]]:
        return {}

    def _of_area(self, keys: set[str]) -> Asked | None:
        """None where no address can ask for it."""
        (key, *others) = keys
        return None if others or key not in area_names() else replace(self.asked, area=key)

    def _url(self, key: str, asked: Asked | None) -> str:
        choice = self.asked.choices.get(key)
        return Line(asked, choice, choice.variant).n_url if choice and asked else ""

    @cached_property
    def trend(self) -> dict:
        """Cases taken month by month, first instances also of the year before."""
        suits = Kind.FIRST_INSTANCE.label
        c2, c1 = self._question("C2"), self._question("C1")
        asks = {
            Kind.RECONSIDERATION.label: c2,
            suits: c1,
            _("%(name)s, last year") % {"name": suits}: c1 and c1.a_year_before,
        }
        found = iter(by_months([one for one in asks.values() if one is not None]))
        taken = {
            name: [value.n for value in next(found).values()] if one else []
            for name, one in asks.items()
        }
        months = months_of(self.asked.first_on, self.asked.last_on)
        series = [{"name": str(name), "values": values} for name, values in taken.items()]
        return {"months": [f"{first.month}月" for first, _last in months], "series": series}

    def _question(self, key: str) -> Question | None:
        choice = self.asked.choices.get(key)
        return self.asked.question(choice.indicator, choice.variant) if choice else None


def _turned(heads: list[str], series: list[dict]) -> list[tuple]:
    return list(zip(heads, *(one["values"] for one in series), strict=False))

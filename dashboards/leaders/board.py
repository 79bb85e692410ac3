"""What stands on the leaders' page beside the ratios, each part asked once."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.utils.translation import gettext as _

from cases.dictionaries import area_name
from cases.states import Kind
from dashboards.compliance import Look
from dashboards.figures.asked import AREA, Asked
from dashboards.leaders.unit import stages
from dashboards.next_meeting import NextMeeting, NextRegular, next_meeting, next_regular
from foundations.access.policy import visible_to
from mechanisms.judging import Judgement, counted, judgements
from mechanisms.states import ComplianceState
from meetings.models import Resolution
from meetings.states import ResolutionState
from meetings.work.reading import Reading
from services.deadlines.models import Deadline, DeadlineQuerySet
from services.indicators.periods import months_of
from services.indicators.questions import Question, by_group, by_month

HURTS, BROKEN, AREAS = 4, 3, 8
WEEK = timedelta(days=7)
PART = "（"


@dataclass(frozen=True)
class StateCount:
    look: Look
    n: int
    x: str
    width: str


class Board:
    """`asked` without a unit; what is due and decided is as of `asked.on`."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.reading = Reading(asked.reader, asked.on)

    @cached_property
    def overdue(self) -> int:
        return self._duties.overdue(on=self.asked.on).count()

    @cached_property
    def hurts(self) -> list[Deadline]:
        """What is overdue longest, then what is due within a week."""
        near = self._duties.filter(due_on__lte=self.asked.on + WEEK)
        return list(
            near.select_related("owed_by", "provision")
            .prefetch_related("subject")
            .order_by("due_on", "pk")[:HURTS]
        )

    @property
    def _duties(self) -> DeadlineQuerySet:
        rows: DeadlineQuerySet = visible_to(self.asked.reader, Deadline).duties()
        return rows.filter(jurisdiction=self.asked.mechanism.jurisdiction_id)

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
        return next_meeting(self.reading)

    @cached_property
    def regular(self) -> NextRegular | None:
        return next_regular(self.reading)

    @cached_property
    def resolutions(self) -> tuple[int, int]:
        """Open matters that were decided, and those of them that are late."""
        rows = visible_to(self.asked.reader, Resolution).filter(state=ResolutionState.OPEN)
        rows = rows.filter(meeting__mechanism=self.asked.mechanism)
        return rows.count(), rows.overdue(on=self.asked.on).count()

    @cached_property
    def stages(self) -> list[tuple[str, int]]:
        return stages(self.asked)

    @cached_property
    def areas(self) -> dict:
        """Cases taken, by the area of administration, the fullest first; parts in their whole."""
        taken = {key: self._by_area(key) for key in ("C2", "C1")}
        names = {name for found in taken.values() for name in found}
        total = {name: sum(found.get(name, 0) for found in taken.values()) for name in names}
        order = sorted(names, key=lambda name: (-total[name], name))[:AREAS]
        series = [
            {"name": str(kind.label), "values": [taken[key].get(area, 0) for area in order]}
            for key, kind in (("C2", Kind.RECONSIDERATION), ("C1", Kind.FIRST_INSTANCE))
        ]
        return {"areas": order, "series": series}

    @property
    def area_rows(self) -> list[tuple]:
        """The chart's numbers as the rows of a table."""
        return _turned(self.areas["areas"], self.areas["series"])

    @property
    def trend_rows(self) -> list[tuple]:
        return _turned(self.trend["months"], self.trend["series"])

    def _by_area(self, key: str) -> dict[str, int]:
        found: dict[str, int] = {}
        question = self._question(key)
        if question is None:
            return found
        for area, value in by_group(question, AREA).items():
            name = area_name(str(area)).partition(PART)[0]
            found[name] = found.get(name, 0) + value.n
        return found

    @cached_property
    def trend(self) -> dict:
        """Cases taken month by month, first instances also of the year before."""
        suits = Kind.FIRST_INSTANCE.label
        taken = {
            Kind.RECONSIDERATION.label: self._by_month("C2"),
            suits: self._by_month("C1"),
            _("%(name)s, last year") % {"name": suits}: self._by_month("C1", before=True),
        }
        months = months_of(self.asked.first_on, self.asked.last_on)
        series = [{"name": str(name), "values": values} for name, values in taken.items()]
        return {"months": [f"{first.month}月" for first, _last in months], "series": series}

    def _by_month(self, key: str, *, before: bool = False) -> list[int]:
        question = self._question(key)
        if question is None:
            return []
        found = by_month(question.a_year_before if before else question)
        return [value.n for value in found.values()]

    def _question(self, key: str) -> Question | None:
        choice = self.asked.choices.get(key)
        return self.asked.question(choice.indicator, choice.variant) if choice else None


def _turned(heads: list[str], series: list[dict]) -> list[tuple]:
    return list(zip(heads, *(one["values"] for one in series), strict=False))

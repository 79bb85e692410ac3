"""One indicator from near: its ways of counting, unit by unit, term by term."""

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from cases.dictionaries import area_names
from dashboards.figures.asked import AREA, Asked
from dashboards.figures.lines import Line, lines_of, lines_over
from dashboards.figures.terms import last_terms
from foundations.calendars.terms import Per, Term
from members.models import Organization
from members.states import OrganizationKind
from services.indicators.definitions import Better, Unit, Variant
from services.indicators.profile import Choice
from services.indicators.questions import UNIT, by_group
from services.indicators.values import HUNDRED, Value

TERMS = {Per.MONTH: 12, Per.QUARTER: 8, Per.YEAR: 5}


@dataclass(frozen=True)
class GroupLine:
    """A unit or an area with its value; `place` in the ranking, None where the base is too
    small to compare (I9). `leads`: its own rows can be asked for. `most` is the largest
    figure beside it."""

    name: str
    value: Value
    line: Line
    leads: bool
    place: int | None = None
    most: float = 0

    @property
    def width(self) -> str:
        figure = float(self.value.figure or 0)
        return f"{min(100 * figure / (self.most or 1), 100):.1f}%"

    @property
    def target(self) -> str:
        """Where the target stands on the bar; empty without one."""
        bound = self.line.bound if self.line.is_chosen else None
        if bound is None or float(bound) > self.most:
            return ""
        return f"{100 * float(bound) / (self.most or 1):.1f}%"

    @property
    def is_low(self) -> bool:
        return self.place is not None and self.line.meets is False


@dataclass(frozen=True)
class Point:
    """The figure of one term beside that of the same days a year before."""

    term: Term
    line: Line
    leads: bool

    @property
    def is_running(self) -> bool:
        return self.line.asked.last_on < self.term.last_on


@dataclass(frozen=True)
class Course:
    """`shown` is the way in which every term is counted."""

    per: Per
    points: tuple[Point, ...]

    @property
    def is_drawn(self) -> bool:
        return sum(_drawn(one.line.value) is not None for one in self.points) > 1

    @property
    def chart(self) -> dict:
        """What the chart draws; terms without a base are left open."""
        line = self.points[-1].line
        bound = line.bound if line.is_chosen else None
        return {
            "months": [_axis(one.term, first=one is self.points[0]) for one in self.points],
            "names": [one.term.label for one in self.points],
            "values": [_drawn(one.line.value) for one in self.points],
            "before": [_drawn(one.line.before) for one in self.points],
            "bases": [_base(one.line.value) for one in self.points],
            "target": None if bound is None else float(bound),
            "sign": line.sign,
            "words": [_("Figure"), _("A year before"), _("Target")],
        }


@dataclass(frozen=True)
class Detail:
    """`shown` is the way of counting that the address asks for."""

    asked: Asked
    choice: Choice
    shown: Variant

    def lines(self) -> list[Line]:
        """Every way of counting, the chosen one first."""
        every = [self.choice.variant, *self.choice.indicator.variants.values()]
        wanted = list({one.key: one for one in every}.values())
        return lines_of(self.asked, [(self.choice, variant) for variant in wanted])

    @property
    def takes_groups(self) -> list[str]:
        """By what it can be told apart: units and areas that are not narrowed already."""
        known = self.shown.counted_in.groups
        open_ones = {UNIT: self.asked.unit is None, AREA: not self.asked.area}
        return [name for name, is_open in open_ones.items() if is_open and name in known]

    def groups(self, name: str) -> list[GroupLine]:
        """Ranked by the figure in the wanted direction, then by the base; small ones last."""
        question = self.asked.question(self.choice.indicator, self.shown, self.choice.months)
        if question is None:
            return []
        found = by_group(question, name)
        words = self.shown.counted_in.groups[name].words(list(found))
        narrowed = narrowing(self.asked, name, list(words))
        most = self._most(list(found.values()))
        lines = [
            self._group(words[key], value, narrowed(key), most)
            for key, value in found.items()
            if key in words
        ]
        order = {words[key]: place for place, key in enumerate(words)}
        large = [one for one in lines if not one.value.is_small]
        small = [one for one in lines if one.value.is_small]
        large.sort(key=lambda one: (self._rank(one.value), -one.value.d, order[one.name]))
        small.sort(key=lambda one: order[one.name])
        if len(large) > 1:
            large = [replace(one, place=place) for place, one in enumerate(large, start=1)]
        return [*large, *small]

    def _group(self, name: str, value: Value, part: Asked | None, most: float) -> GroupLine:
        line = Line(part or self.asked, self.choice, self.shown, value)
        return GroupLine(name, value, line, part is not None, most=most)

    def _most(self, values: list[Value]) -> float:
        """What a whole bar stands for: all of a percentage, else the largest figure."""
        if self.choice.indicator.unit == Unit.PERCENT:
            return float(HUNDRED)
        bound = self.choice.at_most if self.choice.at_least is None else self.choice.at_least
        figures = [float(value.figure) for value in values if value.figure is not None]
        return max([*figures, float(bound or 0)], default=0)

    def _rank(self, value: Value) -> float:
        figure = float(value.figure or 0)
        return figure if self.choice.indicator.better == Better.DOWN else -figure

    def course(self, per: Per) -> Course | None:
        """The last terms until the end of the period, whatever its beginning; None for what
        no date places."""
        if not self.shown.date:
            return None
        until = min(self.asked.last_on, self.asked.on)
        terms = last_terms(per, until, TERMS[per])
        parts = [
            replace(self.asked, first_on=term.first_on, last_on=min(term.last_on, until))
            for term in terms
        ]
        lines = lines_over(parts, [(self.choice, self.shown)], apart=False)
        points = [
            Point(term, line, _is_askable(part))
            for term, part, (line,) in zip(terms, parts, lines, strict=True)
            if line.value is not None and not line.value.broken
        ]
        return Course(per, tuple(points)) if points else None


def narrowing(
    asked: Asked, name: str, keys: Collection[Hashable]
) -> Callable[[Hashable], Asked | None]:
    """Which question the list of a group answers; None where no address can ask for it."""
    if name == AREA:
        areas = area_names()
        return lambda key: replace(asked, area=str(key)) if key in areas else None
    units = Organization.objects.filter(jurisdiction=asked.mechanism.jurisdiction_id)
    own = units.exclude(kind=OrganizationKind.DIVISION).in_bulk([*keys])
    return lambda key: _of_unit(asked, own[key]) if key in own else None


def _of_unit(asked: Asked, unit: Organization) -> Asked | None:
    part = replace(asked, unit=unit)
    return part if _is_askable(part) else None


def _is_askable(asked: Asked) -> bool:
    """A unit has figures of the days on which it existed alone."""
    unit = asked.unit
    return unit is None or unit.held_within(asked.first_on, asked.last_on)


def _drawn(value: Value | None) -> float | None:
    return None if value is None or value.figure is None else float(value.figure)


def _base(value: Value | None) -> str:
    """n / d beside the figure where the chart is pointed at; a count is its own number."""
    if value is None or value.unit == Unit.COUNT:
        return ""
    return f"{value.n} / {value.d}"


def _axis(term: Term, *, first: bool) -> str:
    """11月 under a month, the year below the first one of a year."""
    if term.per == Per.YEAR:
        return f"{term.year}年"
    name = f"{term.n}月" if term.per == Per.MONTH else f"{'一二三四'[term.n - 1]}季度"
    return f"{name}\n{term.year}" if first or term.n == 1 else name

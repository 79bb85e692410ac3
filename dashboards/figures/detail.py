"""One indicator from near: its ways of counting, unit by unit, month by month."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date

from dashboards.figures.asked import AREA, Asked
from dashboards.figures.lines import Line, lines_of
from services.indicators.definitions import Better, Variant
from services.indicators.profile import Choice
from services.indicators.questions import UNIT, by_group, by_month
from services.indicators.values import Value


@dataclass(frozen=True)
class GroupLine:
    """A unit or an area with its value; `place` in the ranking, None where the base is too
    small to compare (I9)."""

    name: str
    value: Value
    place: int | None = None
    url: str = ""


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
        named = [(words[key], key, value) for key, value in found.items() if key in words]
        order = {key: place for place, key in enumerate(words)}
        large = [one for one in named if not one[2].is_small]
        small = [one for one in named if one[2].is_small]
        large.sort(key=lambda one: (self._rank(one[2]), -one[2].d, order[one[1]]))
        small.sort(key=lambda one: order[one[1]])
        ranked = [
            self._line(name, one, place if len(large) > 1 else None)
            for place, one in enumerate(large, start=1)
        ]
        return [*ranked, *(self._line(name, one, None) for one in small)]

    def _rank(self, value: Value) -> float:
        figure = float(value.figure or 0)
        return figure if self.choice.indicator.better == Better.DOWN else -figure

    def _line(self, name: str, one: tuple[str, Hashable, Value], place: int | None) -> GroupLine:
        words, _key, value = one
        return GroupLine(words, value, place)

    def months(self) -> list[tuple[date, Value]]:
        """Each month of the period."""
        question = self.asked.question(self.choice.indicator, self.shown, self.choice.months)
        return sorted(by_month(question).items()) if question else []

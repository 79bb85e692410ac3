"""What is wanted of a figure, and whether it is met; pure but for the words.

Each sentence has the figure and what was wanted of it, and never what it was counted from:
it is read by every party. Figures are compared as they are, not as they are rounded to be
printed: 29999 of 30000 is not all.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from services.indicators.definitions import Better, Unit
from services.indicators.values import SIGNS, Value


@dataclass(frozen=True)
class Weighed:
    """`met` is None as long as it cannot be told."""

    met: bool | None
    said: str


@dataclass(frozen=True)
class Target:
    """In the unit of the figure, both inclusive: 20 is twenty percent of a percentage."""

    at_least: Decimal | None = None
    at_most: Decimal | None = None

    def __bool__(self) -> bool:
        return self.at_least is not None or self.at_most is not None

    def holds(self, figure: Fraction) -> bool:
        enough = self.at_least is None or figure >= self.at_least
        return enough and (self.at_most is None or figure <= self.at_most)

    def words(self, unit: Unit) -> str:
        least, most = (_shown(bound, unit) for bound in (self.at_least, self.at_most))
        if self.at_most is None:
            return _("not below %(bound)s") % {"bound": least}
        if self.at_least is None:
            return _("not above %(bound)s") % {"bound": most}
        return _("from %(least)s to %(most)s") % {"least": least, "most": most}


def by_target(name: str, value: Value, target: Target) -> Weighed:
    figure = exact(value)
    if figure is None:
        return _without_base(name)
    said = _("%(name)s %(figure)s (wanted: %(wanted)s)")
    data = {"name": name, "figure": value.text, "wanted": target.words(value.unit)}
    return Weighed(target.holds(figure), said % data)


def below(name: str, value: Value, other_name: str, other: Value) -> Weighed:
    """Lower than another figure of the same days; the same is not lower."""
    figure, bound = exact(value), exact(other)
    if figure is None:
        return _without_base(name)
    if bound is None:
        return _without_base(other_name)
    said = _("%(name)s %(figure)s (wanted: below %(other)s, which is %(bound)s)")
    data = {"name": name, "figure": value.text, "other": other_name, "bound": other.text}
    return Weighed(figure < bound, said % data)


def in_direction(name: str, value: Value, before: Value, better: Better) -> Weighed:
    """Against the same days of last year. What stood still is not better, unless nothing
    can be better: 100%, or none at all where fewer are wanted."""
    figure, earlier = exact(value), exact(before)
    if figure is None:
        return _without_base(name)
    data = {"name": name, "figure": value.text, "before": before.text}
    if better == Better.NEITHER:
        said = _("%(name)s %(figure)s (the text sets no target)")
        return Weighed(None, said % data)
    if earlier is None:
        said = _("%(name)s %(figure)s (nothing to compare in the same days of last year)")
        return Weighed(None, said % data)
    said = {
        Better.UP: _("%(name)s %(figure)s (last year %(before)s; a rise is wanted)"),
        Better.DOWN: _("%(name)s %(figure)s (last year %(before)s; a fall is wanted)"),
    }[better]
    if figure == earlier:
        return Weighed(figure == _best(value.unit, better), said % data)
    return Weighed((figure > earlier) == (better == Better.UP), said % data)


def uncounted(name: str, reason: str) -> Weighed:
    said = _("%(name)s cannot be counted: %(reason)s") % {"name": name, "reason": reason}
    return Weighed(None, said)


def exact(value: Value) -> Fraction | None:
    """The figure before it is rounded."""
    if value.unit == Unit.COUNT:
        return Fraction(value.n)
    by = 100 if value.unit == Unit.PERCENT else 1
    return Fraction(by * value.n, value.d) if value.d else None


def _best(unit: Unit, better: Better) -> int | None:
    if better == Better.DOWN:
        return 0
    return 100 if unit == Unit.PERCENT else None


def _without_base(name: str) -> Weighed:
    return Weighed(None, _("%(name)s has no figure yet") % {"name": name})


def _shown(bound: Decimal | None, unit: Unit) -> str:
    return "" if bound is None else f"{bound.normalize():f}{SIGNS[unit]}"

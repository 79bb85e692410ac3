"""R6, R6a and R7: how often heads appear and speak, in the variants that offices ask for.

Counted is the instance of a case, not the hearing: several hearings of one instance are
one, another instance is another (法释〔2020〕3号 art. 7). A hearing that was held and is not
recorded yet is in no figure; `Appearances.unrecorded` tells how many there are.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from cases.hearings.attendance import Attendance, linked
from cases.hearings.states import Identity, Level
from services.indicators.values import Value


class Joint(StrEnum):
    """What an agency counts for which a co-defendant's head came (art. 3)."""

    MET = "met"
    OWN = "own"
    ASIDE = "aside"


@dataclass(frozen=True)
class Basis:
    """口径: how appearance is counted.

    `per_agency`: a case with two defendants counts once for each, else once.
    `called_only` (variant b): only instances to which the organ called a head.
    `excused_out`: an absence with a good reason leaves the denominator. `joint`: see
    `Joint`, of agencies only. `again`: a head who was called again and did not come has
    not appeared, whatever earlier hearings say.
    """

    per_agency: bool = False
    called_only: bool = False
    excused_out: bool = False
    joint: Joint = Joint.MET
    again: bool = True
    proved: bool = False


@dataclass(frozen=True)
class Share:
    n: int
    d: int

    @property
    def percent(self) -> Decimal | None:
        """Two decimals, a half rounded up; None where there is nothing to divide by."""
        return Value(self.n, self.d).figure

    def __str__(self) -> str:
        return str(Value(self.n, self.d))


@dataclass(frozen=True)
class Appearances:
    """`appeared` is R6, `principals` R6a, `spoke` R7, `resolution` the opinion of art. 11."""

    appeared: Share
    principals: Share
    spoke: Share
    resolution: Share
    unrecorded: int = 0


ORDINARY = Basis()


def counted(rows: Iterable[Attendance], basis: Basis = ORDINARY) -> Appearances:
    """The figures of `rows`, which hold every hearing of their instances."""
    return _counted(linked(_proved(rows, basis)), basis)


def _counted(rows: Iterable[Attendance], basis: Basis) -> Appearances:
    held = [one for one in rows if one.held]
    known = [one for one in held if one.recorded]
    groups = [group for group in _instances(known, basis) if _belongs(group, basis)]
    present = [one for one in known if one.counts]
    return Appearances(
        appeared=Share(sum(_appeared(group, basis) for group in groups), len(groups)),
        principals=Share(sum(_principal(group, basis) for group in groups), len(groups)),
        spoke=Share(sum(one.spoke for one in present), len(present)),
        resolution=Share(sum(one.on_resolution for one in present), len(present)),
        unrecorded=len(held) - len(known),
    )


def by_agency(
    rows: Iterable[Attendance], basis: Basis = ORDINARY
) -> Mapping[Hashable, Appearances]:
    """The figures of each agency. Their sums exceed those of cases with several defendants."""
    own: dict[Hashable, list[Attendance]] = {}
    for one in linked(_proved(rows, basis)):
        own.setdefault(one.agency, []).append(one)
    apart = replace(basis, per_agency=True)
    return {agency: _counted(theirs, apart) for agency, theirs in own.items()}


def placed(rows: Iterable[Attendance], first: date, last: date) -> list[Attendance]:
    """The rows of the instances whose first hearing was held in the period (both days
    included)."""
    every = list(rows)
    begun: dict[Hashable, date] = {}
    for one in every:
        if one.held:
            begun[one.instance] = min(one.on, begun.get(one.instance, one.on))
    return [one for one in every if first <= begun.get(one.instance, date.max) <= last]


def _proved(rows: Iterable[Attendance], basis: Basis) -> list[Attendance]:
    if not basis.proved:
        return list(rows)
    return [
        one if one.identity == Identity.ACCEPTED else replace(one, identity=Identity.REJECTED)
        for one in rows
    ]


def _instances(rows: list[Attendance], basis: Basis) -> list[list[Attendance]]:
    groups: dict[Hashable, list[Attendance]] = {}
    for one in rows:
        key = (one.instance, one.agency) if basis.per_agency else one.instance
        groups.setdefault(key, []).append(one)
    return list(groups.values())


def _belongs(group: list[Attendance], basis: Basis) -> bool:
    """Is the instance in the denominator?"""
    if basis.called_only and not any(one.called for one in group):
        return False
    if any(one.counts for one in group):
        return True
    if basis.per_agency and basis.joint == Joint.ASIDE and any(one.stood_in for one in group):
        return False
    return not (basis.excused_out and all(one.excused or one.stood_in for one in group))


def _came(one: Attendance, basis: Basis) -> bool:
    by_other = basis.per_agency and basis.joint == Joint.MET and one.stood_in
    return one.counts or by_other


def _appeared(group: list[Attendance], basis: Basis) -> bool:
    if basis.again and any(one.again and not one.met for one in group):
        return False
    return any(_came(one, basis) for one in group)


def _principal(group: list[Attendance], basis: Basis) -> bool:
    principal = any(one.counts and one.level == Level.HEAD for one in group)
    return principal and _appeared(group, basis)

"""How many of a role a document wants in a body: told by the rooms above.

    expectations.register(expected)      # in the higher room's apps.ready()

`expected(body, on)` returns the expectations for that body on that day, each with the
clause that causes it; the roster page shows whether the roster keeps them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from members.models import Body
from members.rosters import RosterLine
from members.states import SeatRole


@dataclass(frozen=True)
class Expectation:
    """`count` seats of `role`, as the clause `citation` (at `url`) has it."""

    role: str
    count: int
    citation: str = ""
    url: str = ""


@dataclass(frozen=True)
class Finding:
    expectation: Expectation
    found: int

    @property
    def kept(self) -> bool:
        return self.found == self.expectation.count

    @property
    def role_name(self) -> str:
        return str(SeatRole(self.expectation.role).label)


Expected = Callable[[Body, date], Iterable[Expectation]]
_sources: list[Expected] = []


def register(expected: Expected) -> None:
    """A second registration of the same source changes nothing."""
    if expected not in _sources:
        _sources.append(expected)


def unregister(expected: Expected) -> None:
    _sources.remove(expected)


def findings(body: Body, lines: list[RosterLine], on: date) -> list[Finding]:
    """Each expectation with the number that the roster has."""
    return [
        Finding(expectation, sum(line.role == expectation.role for line in lines))
        for source in _sources
        for expectation in source(body, on)
    ]

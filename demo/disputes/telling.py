"""How a course is told: a day that moves on, chances, and the deeds so far."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

from cases.states import PartyKind
from demo.disputes import deeds as d
from demo.disputes.cast import Cast
from demo.disputes.matters import Matter, drawn
from demo.disputes.names import company, person
from members.models import Organization, User

Key = TypeVar("Key")
COURT, MIDDLE, HIGH = "示0102", "示01", "示"
"""The codes of the made-up courts."""


class Telling:
    """One dispute in the making. `day` is where the story stands; what is told of a later day
    aside of it is put in its place at the end, and what would be after today is left out.
    `to_the_end`: the party loses and goes on until the case is tried anew."""

    def __init__(self, cast: Cast, rng: Random, filed_on: date, matter: Matter | None = None):
        self.cast, self.rng = cast, rng
        self.day = self.filed_on = filed_on
        self.matter = matter or drawn(rng)
        self.agency: Organization = cast.units[self.matter.unit]
        self.firm = self.chance(self.matter.firm)
        self.many = self.chance(self.matter.many)
        self.first_ground = self.matter.first_ground(filed_on)
        count = rng.randint(5, 9) if self.many else rng.choices((1, 2), (85, 15))[0]
        self.parties = [company(rng) if self.firm and not n else person(rng) for n in range(count)]
        self.to_the_end = False
        self._deeds: list[d.Deed] = []

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def pick(self, shares: Mapping[Key, float]) -> Key:
        return self.rng.choices(list(shares), list(shares.values()))[0]

    def later(self, least: int, most: int) -> date:
        """So many days on, at the next working day; the story stands there now."""
        self.day = self.after(self.day, least, most)
        return self.day

    def after(self, day: date, least: int, most: int) -> date:
        """So many days after a day, aside of the story."""
        return self.cast.workday(day + timedelta(days=self.rng.randint(least, most)))

    def workdays(self, least: int, most: int) -> date:
        """So many working days on; the story stands there now."""
        self.day = self.cast.calendar.add_workdays(self.day, self.rng.randint(least, most))
        return self.day

    def do(self, deed: d.Deed) -> None:
        self._deeds.append(deed)

    def take(self, name: str, step: str, **given: Any) -> None:
        """A step on the day where the story stands."""
        self.do(d.Take(self.day, name, step, given))

    def number(self, pattern: str) -> str:
        """The next case number by a pattern, of the year where the story stands."""
        return self.cast.numbers.typed(pattern, self.day.year)

    def handler(self, unit: Organization) -> User:
        return self.cast.writer(unit)

    @property
    def by_person(self) -> bool:
        return self.parties[0].kind == PartyKind.NATURAL

    def told(self) -> list[d.Deed]:
        """In the order of the days, up to today."""
        past = [deed for deed in self._deeds if deed.on <= self.cast.today]
        return sorted(past, key=lambda deed: deed.on)

"""What happened in the made-up city, told in the order in which it happened.

The trail is a chain, numbers are given in turn, hosts follow who hosted before: so the
deeds of all meetings are entered first, and then done one after another, each at its
own moment.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from heapq import heappop, heappush
from itertools import count

from django.utils import timezone

from foundations.audit.origin import Origin, reset_origin, set_origin

Deed = Callable[[datetime], object]


def moment(day: date, clock: str) -> datetime:
    """moment(day, "09:30"), in Beijing time."""
    return datetime.combine(day, time.fromisoformat(clock), timezone.get_default_timezone())


@contextmanager
def told_as_of(at: datetime) -> Iterator[None]:
    """What is done inside stands in the trail with this moment."""
    token = set_origin(Origin(at=at))
    try:
        yield
    finally:
        reset_origin(token)


class Diary:
    def __init__(self, now: datetime) -> None:
        self.now = now
        self._deeds: list[tuple[datetime, int, Deed]] = []
        self._entered = count()

    def enter(self, day: date, clock: str, deed: Deed) -> None:
        """`deed` is called with its moment; a deed may enter what follows from it."""
        heappush(self._deeds, (moment(day, clock), next(self._entered), deed))

    def play(self) -> int:
        """Do everything up to now; what is still to come stays undone. How many deeds."""
        done = 0
        while self._deeds and self._deeds[0][0] <= self.now:
            at, _place, deed = heappop(self._deeds)
            with told_as_of(at):
                deed(at)
            done += 1
        return done

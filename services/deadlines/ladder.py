"""Who stands on a rung of the ladder for a limit: accounts, found in the rosters."""

from datetime import date
from typing import TypeGuard

from members.models import Body, User
from members.rosters import holders, leaders_of, officers, users_of
from members.states import SeatRole
from services.deadlines.models import Deadline
from services.deadlines.stages import Rung

RUNGS = list(Rung)


class Ladder:
    """The recipients on a day; each answer is found once for many limits.

    Reads of a limit its place, its handler and who owes it, and nothing else.
    """

    def __init__(self, on: date):
        self.on = on
        self._known: dict[tuple, list[User]] = {}

    def recipients(self, deadline: Deadline, rung: Rung) -> list[User]:
        """Whoever holds the rung; where nobody does, the nearest rung below it that somebody
        holds, then the nearest above: a unit without accounts is a matter of its liaison
        officer. Empty where there is no account at all.
        """
        place = RUNGS.index(rung)
        order = (*reversed(RUNGS[: place + 1]), *RUNGS[place + 1 :])
        found = (self.holders(deadline, step) for step in order)
        return next(filter(None, found), [])

    def holders(self, deadline: Deadline, rung: Rung) -> list[User]:
        handler = deadline.handler
        if rung == Rung.HANDLER and self._usable(handler):
            return [handler]
        key = (rung, deadline.jurisdiction_id, deadline.owed_by_id)
        if key not in self._known:
            self._known[key] = self._find(deadline, rung)
        return self._known[key]

    def _usable(self, handler: User | None) -> TypeGuard[User]:
        if handler is None or not handler.is_active:
            return False
        return handler.expires_on is None or handler.expires_on >= self.on

    def _find(self, deadline: Deadline, rung: Rung) -> list[User]:
        """For a limit without a handler (any more) everyone who acts for the organization."""
        unit = deadline.owed_by
        if rung == Rung.HANDLER:
            return users_of(unit, self.on)
        if rung == Rung.OFFICER:
            return officers(deadline.jurisdiction, unit.side, self.on)
        if rung == Rung.HEAD:
            return leaders_of(unit, self.on)
        return self._convenors(deadline)

    def _convenors(self, deadline: Deadline) -> list[User]:
        bodies = Body.objects.filter(jurisdiction=deadline.jurisdiction_id)
        side = deadline.owed_by.side
        lines = [
            line
            for body in bodies
            for line in holders(body, SeatRole.CONVENOR, self.on, side=side)
        ]
        people = {line.person.pk for line in lines}
        return list(User.objects.filter(person__in=people, is_active=True).order_by("pk"))

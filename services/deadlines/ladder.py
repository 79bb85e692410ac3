"""Who stands on a rung of the ladder for a limit: accounts, found in the rosters."""

from datetime import date

from members.models import Body, User
from members.rosters import holders, leaders_of, officers, users_of
from members.states import SeatRole
from services.deadlines.models import Deadline
from services.deadlines.stages import Rung


class Ladder:
    """The recipients on a day; each answer is found once for many limits."""

    def __init__(self, on: date):
        self.on = on
        self._known: dict[tuple, list[User]] = {}

    def recipients(self, deadline: Deadline, rung: Rung) -> list[User]:
        """Whoever holds the rung, or nearest below it, down to the whole organization."""
        if rung == Rung.HANDLER:
            return self.handlers(deadline)
        unit = deadline.owed_by
        key = (rung, deadline.jurisdiction_id, unit.pk)
        if key not in self._known:
            self._known[key] = self._find(deadline, rung)
        return self._known[key] or self.handlers(deadline)

    def handlers(self, deadline: Deadline) -> list[User]:
        """The handler, or everyone who acts for the organization when there is none (any more)."""
        if deadline.handler is not None and deadline.handler.is_active:
            return [deadline.handler]
        key = (Rung.HANDLER, deadline.owed_by_id)
        if key not in self._known:
            self._known[key] = users_of(deadline.owed_by, self.on)
        return self._known[key]

    def _find(self, deadline: Deadline, rung: Rung) -> list[User]:
        unit = deadline.owed_by
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

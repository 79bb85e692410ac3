"""What lies on somebody's desk, as tests ask for it."""

from datetime import date

from foundations.ledgers.work import WorkItem
from meetings import work
from meetings.work import Reading
from members.desk import laid
from members.models import User


def items(user: User, on: date) -> list[WorkItem]:
    reading = Reading(user, on)
    return [*work.items(reading), *laid(user, work.heap(reading))]

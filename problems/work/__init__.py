"""What this room lays on somebody's desk; each part gives `sorts(desk)`."""

from datetime import date

from foundations.ledgers.work import WorkItem
from members.desk import Desk, Heap, laid
from members.models import User
from problems.work import consents, letters, problems

PARTS = (consents, letters, problems)


def items(user: User, on: date) -> list[WorkItem]:
    return list(laid(user, heap(user, on)))


def heap(user: User, on: date) -> Heap:
    desk = Desk(user, on)
    return desk, [sort for part in PARTS if desk.works for sort in part.sorts(desk)]

"""What this room lays on somebody's desk; each part gives `sorts(desk)`."""

from datetime import date

from bulletins.work import bulletins, obligations
from foundations.ledgers.work import WorkItem
from members.desk import Desk, Heap, laid
from members.models import User

PARTS = (bulletins, obligations)


def items(user: User, on: date) -> list[WorkItem]:
    return list(laid(user, heap(user, on)))


def heap(user: User, on: date) -> Heap:
    desk = Desk(user, on)
    return desk, [sort for part in PARTS for sort in part.sorts(desk)]

"""What disputes lay on somebody's desk: limits that run, steps that wait, and what each part
of a dispute asks of a unit or a person."""

from datetime import date

from cases.work import aftermath, joint, mediators, organs, risk, settling, sittings
from cases.work.desk import Desk
from foundations.ledgers.work import WorkItem
from members.desk import Heap, laid, once
from members.models import User

# A part adds itself here; each gives `sorts(desk)`.
PARTS = (organs, mediators, sittings, settling, joint, risk, aftermath)


def items(user: User, on: date) -> list[WorkItem]:
    return once(laid(user, heap(user, on)))


def heap(user: User, on: date) -> Heap:
    desk = Desk(user, on)
    return desk, [sort for part in PARTS for sort in part.sorts(desk)]

"""What this room lays on somebody's desk; each part gives `items(user, on)`."""

from collections.abc import Callable
from datetime import date

from bulletins.work import bulletins, obligations
from foundations.ledgers.work import WorkItem
from members.models import User

PARTS: tuple[Callable[[User, date], list[WorkItem]], ...] = (bulletins.items, obligations.items)


def items(user: User, on: date) -> list[WorkItem]:
    return [item for part in PARTS for item in part(user, on)]

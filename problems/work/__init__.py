"""What this room lays on somebody's desk; each part gives `items(user, on)`."""

from collections.abc import Callable
from datetime import date

from foundations.ledgers.work import WorkItem
from members.models import User
from problems.work import consents, letters, problems

PARTS: tuple[Callable[[User, date], list[WorkItem]], ...] = (
    consents.items,
    letters.items,
    problems.items,
)


def items(user: User, on: date) -> list[WorkItem]:
    return [item for part in PARTS for item in part(user, on)]

"""What disputes lay on somebody's desk: limits that run, steps that wait, mediations."""

from datetime import date

from cases.work import mediators, organs
from foundations.ledgers.work import WorkItem
from members.models import User

# A part adds itself here; each gives `items(user, on)`.
PARTS = (organs, mediators)


def items(user: User, on: date) -> list[WorkItem]:
    return [item for part in PARTS for item in part.items(user, on)]

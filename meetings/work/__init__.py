"""What the meetings lay on somebody's desk; one module a part."""

from datetime import date

from foundations.ledgers.work import WorkItem
from meetings.work import meetings, session, topics

PARTS = (
    meetings,
    topics,
    session,
)


def items(user, on: date) -> list[WorkItem]:
    return [item for part in PARTS for item in part.items(user, on)]

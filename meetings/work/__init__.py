"""What the meetings lay on somebody's desk; one module a part."""

from foundations.ledgers.work import WorkItem
from meetings.work import activities, meetings, session, topics
from meetings.work.reading import Reading

PARTS = (meetings, topics, session, activities)


def items(reading: Reading) -> list[WorkItem]:
    return [item for part in PARTS for item in part.items(reading)]

"""What the meetings lay on somebody's desk; one module a part.

`items` are told from what all parts read in common; `heap` is asked for only where there
are any rows.
"""

from foundations.ledgers.work import WorkItem
from meetings.work import activities, meetings, session, topics
from meetings.work.reading import Reading
from members.desk import Heap

PARTS = (meetings, topics, session)
SORTS = (topics, session, activities)


def items(reading: Reading) -> list[WorkItem]:
    return [item for part in PARTS for item in part.items(reading)]


def heap(reading: Reading) -> Heap:
    return reading, [sort for part in SORTS for sort in part.sorts(reading)]

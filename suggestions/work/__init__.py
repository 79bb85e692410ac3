"""What suggestions lay on somebody's desk; the ledger's "for me to handle" is the same."""

from datetime import date

from foundations.ledgers.work import WorkItem
from members.models import User
from suggestions.work import issuers, papers, reports, units
from suggestions.work.reading import Reading, Task

PARTS = (papers, units, issuers, reports)


def items(user: User, on: date) -> list[WorkItem]:
    return [item for _letter, item in tasks(user, on)]


def letters_to_handle(user: User, on: date) -> set[int]:
    """The keys of the letters in which something waits for the user's people."""
    return {letter for letter, item in tasks(user, on) if letter and item.group != "waiting"}


def tasks(user: User, on: date) -> list[Task]:
    reading = Reading(user, on)
    return [task for part in PARTS for task in part.tasks(reading)] if reading.works else []

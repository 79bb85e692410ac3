"""What suggestions lay on somebody's desk; the ledger's "for me to handle" is the same."""

from collections.abc import Callable, Iterator
from datetime import date

from django.db.models import QuerySet

from foundations.ledgers.work import WorkItem
from members.desk import Heap, Sort, Sorts, laid
from members.models import User
from suggestions.work import issuers, papers, reports, units
from suggestions.work.reading import Reading, Task


def items(user: User, on: date) -> list[WorkItem]:
    return [item for _letter, item in tasks(user, on)]


def letters_to_handle(user: User, on: date) -> set[int]:
    """The keys of the letters in which something waits for the user's people."""
    return {letter for letter, item in tasks(user, on) if letter and item.group != "waiting"}


def tasks(user: User, on: date) -> list[Task]:
    return list(laid(user, _heap(Reading(user, on))))


def heap(user: User, on: date) -> Heap:
    """The same without the keys of the letters."""
    reading, sorts = _heap(Reading(user, on))
    return reading, [Sort(one.rows, _without_keys(one)) for one in sorts]


def _heap(reading: Reading) -> tuple[Reading, list[Sort]]:
    return reading, list(_sorts(reading)) if reading.works else []


def _sorts(reading: Reading) -> Sorts:
    yield from papers.sorts(reading)
    yield Sort(reading.under_way, _of_addressees)
    yield from reports.sorts(reading)


def _of_addressees(reading: Reading, _rows: QuerySet) -> list[Task]:
    """Read once for the units advised and for who advised them."""
    return [*units.tasks(reading), *issuers.tasks(reading)]


def _without_keys(sort: Sort) -> Callable[[Reading, QuerySet], Iterator[WorkItem]]:
    def lay(reading: Reading, rows: QuerySet) -> Iterator[WorkItem]:
        return (item for _letter, item in sort.lay(reading, rows))

    return lay

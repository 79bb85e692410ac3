"""Whose desk it is, and how the matters of all rooms are laid on it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, QuerySet

from foundations.ledgers.work import WorkItem
from members.models import User
from members.policy import WORKERS
from members.standing import standing


class Desk:
    """A reader on a day, and the units that the reader works for."""

    def __init__(self, user: User, on: date) -> None:
        self.user, self.on = user, on
        self.mine = standing(user, on)

    @property
    def units(self) -> frozenset[int]:
        return self.mine.organizations

    @property
    def works(self) -> bool:
        return self.mine.has(*WORKERS) and bool(self.units)


@dataclass(frozen=True)
class Sort:
    """One sort of matter: the rows that wait, and how they are laid on the desk; `lay` takes
    whoever reads them and the rows."""

    rows: QuerySet
    lay: Callable[[Any, QuerySet], Iterable[Any]]


Sorts = Iterator[Sort]
Heap = tuple[Any, Iterable[Sort]]
"""A reader, and the sorts that are laid for it."""


def laid(user: User, *heaps: Heap) -> Iterator[Any]:
    """On a desk lie few of the many sorts there are: it is asked once which of them have
    any rows, and those alone are read."""
    sorts = [(reader, sort) for reader, heap in heaps for sort in heap]
    if not sorts:
        return
    asked = {f"sort{place}": Exists(sort.rows.order_by()) for place, (_, sort) in enumerate(sorts)}
    there = User.objects.order_by().annotate(**asked).values(*asked).get(pk=user.pk)
    for name, (reader, sort) in zip(asked, sorts, strict=True):
        if there[name]:
            yield from sort.lay(reader, sort.rows)


def once(items: Iterable[WorkItem]) -> list[WorkItem]:
    """What a limit asks of an organ, and the same step asks of a person by name, lies once
    on the desk of whoever is both: with its day, and where the person looks for it."""
    found = list(items)
    by_name = {item.url: item.group for item in found if item.day is None}
    dated = {item.url for item in found if item.day is not None}
    return [
        replace(item, group=by_name.get(item.url, item.group)) if item.day is not None else item
        for item in found
        if item.day is not None or item.url not in dated
    ]

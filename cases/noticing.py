"""What higher rooms want to know of when it happens: they register in `apps.ready()`.

    noticing.register(Performance, noticed)      # noticed(row, on=, at=)

    noticing.watch_numbers(noticed)              # noticed(procedures), many at once in a file

A watcher runs inside the action that tells it; what it does is part of the same change.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.db.models import Model

from cases.models import Procedure

Watcher = Callable[..., object]
_watchers: dict[type[Model], list[Watcher]] = {}


def register(model: type[Model], watcher: Watcher) -> None:
    """A second registration of the same changes nothing."""
    known = _watchers.setdefault(model, [])
    if watcher not in known:
        known.append(watcher)


def tell(row: Model, *, on: date, at: datetime) -> None:
    for watcher in _watchers.get(type(row), ()):
        watcher(row, on=on, at=at)


_of_numbers: list[Callable[[Sequence[Procedure]], object]] = []


def watch_numbers(watcher: Callable[[Sequence[Procedure]], object]) -> None:
    """As `register`, for procedures that were given a case number."""
    if watcher not in _of_numbers:
        _of_numbers.append(watcher)


def tell_numbers(procedures: Sequence[Procedure]) -> None:
    for watcher in _of_numbers if procedures else ():
        watcher(procedures)

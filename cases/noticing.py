"""What higher rooms want to know of when it happens: they register in `apps.ready()`.

    noticing.register(Performance, noticed)      # noticed(row, on=, at=)

A watcher runs inside the action that tells it; what it does is part of the same change.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.db.models import Model

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

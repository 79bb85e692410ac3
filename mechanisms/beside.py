"""What higher rooms show beside the clauses of an institution, brought there by themselves.

    beside.register(interpretations)            # in the higher room's apps.ready()

`source(user, mechanism)` gives, by the number of a provision, what the user may read there.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mechanisms.models import Mechanism
from members.models import User


@dataclass(frozen=True)
class Beside:
    """One text beside a clause, in force from `on` (inclusive)."""

    title: str
    text: str
    on: date
    url: str


Source = Callable[[User, Mechanism], Mapping[str, Sequence[Beside]]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """A second registration changes nothing."""
    if source not in _sources:
        _sources.append(source)


def registered() -> tuple[Source, ...]:
    return tuple(_sources)


def beside(user: User, mechanism: Mechanism) -> dict[str, list[Beside]]:
    """All that the user may read beside the clauses, by the numbers of provisions."""
    found: dict[str, list[Beside]] = {}
    for source in _sources:
        for number, texts in source(user, mechanism).items():
            found.setdefault(number, []).extend(texts)
    return found

"""在办事项: what a person holds, as each room above says it, for hand-over.

    holdings.register("topics", gettext_lazy("Topics"), list_open, reassign)

A room registers in its `apps.ready()`. `list_open(person)` returns (id, title, url) of
the person's open rows; `reassign(ids, to_person, *, actor, at)` gives them to another,
inside the hand-over's own transaction.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from foundations.audit.actor import Actor
from members.models import Person


class Reassign(Protocol):
    def __call__(
        self, ids: Sequence[int], to_person: Person, *, actor: Actor, at: datetime
    ) -> None: ...


@dataclass(frozen=True)
class Holding:
    key: str
    label: str
    list_open: Callable[[Person], list[tuple[int, str, str]]]
    reassign: Reassign


_holdings: dict[str, Holding] = {}


def register(
    key: str,
    label: str,
    list_open: Callable[[Person], list[tuple[int, str, str]]],
    reassign: Reassign,
) -> None:
    if key in _holdings:
        raise RuntimeError(f"The holding {key} is registered already.")
    _holdings[key] = Holding(key, label, list_open, reassign)


def unregister(key: str) -> None:
    _holdings.pop(key, None)


def registered() -> tuple[Holding, ...]:
    return tuple(_holdings.values())


def open_work(person: Person) -> list[dict]:
    """What `person` holds, a group a kind: key, label, entries of id, title, url."""
    groups = []
    for holding in registered():
        entries = [
            {"id": pk, "title": title, "url": url} for pk, title, url in holding.list_open(person)
        ]
        if entries:
            groups.append({"key": holding.key, "label": str(holding.label), "entries": entries})
    return groups


def reassign_all(groups: list[dict], to_person: Person, *, actor: Actor, at: datetime) -> None:
    for group in groups:
        ids = [entry["id"] for entry in group["entries"]]
        _holdings[group["key"]].reassign(ids, to_person, actor=actor, at=at)

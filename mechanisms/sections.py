"""The sections of a profile that belong to rooms above; each registers its own.

A room calls `register(Section(...))` in its `apps.ready()`. The loader then accepts the
key `name` at the top of a profile, checks it against `schema`, asks `check` for what a
schema cannot say, prints what `plan` tells and calls `apply` in its own transaction.
All four are given the whole profile, because a section may name organizations of it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from mechanisms.models import Mechanism, MechanismVersion


class Outcome(StrEnum):
    """What loading does to one thing."""

    CREATE = "create"
    CHANGE = "change"
    LEAVE = "leave"


@dataclass(frozen=True)
class Change:
    """One line of the loader's account: the outcome, the kind of thing, which one, why."""

    outcome: Outcome
    kind: str
    name: str
    detail: str = ""


@dataclass(frozen=True)
class Fault:
    """What is wrong in a profile, and where: ("number_series", 0, "organization")."""

    path: tuple[str | int, ...]
    message: str


class Apply(Protocol):
    def __call__(
        self, source: dict, version: MechanismVersion, *, actor: Any, at: datetime
    ) -> None: ...


def no_faults(source: dict) -> Iterable[Fault]:
    return ()


@dataclass(frozen=True)
class Section:
    """`plan(source, mechanism)` gets None for a mechanism that is not loaded yet."""

    name: str
    schema: dict
    plan: Callable[[dict, Mechanism | None], list[Change]]
    apply: Apply
    check: Callable[[dict], Iterable[Fault]] = no_faults


_sections: dict[str, Section] = {}


def register(section: Section) -> None:
    if section.name in _sections:
        raise RuntimeError(f"The profile section {section.name} is registered already.")
    _sections[section.name] = section


def registered() -> dict[str, Section]:
    return dict(_sections)

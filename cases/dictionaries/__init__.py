"""The dictionaries by which disputes are classed (A1, A2), read once from YAML beside this."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

HERE = Path(__file__).parent
Choices = list[tuple[str, Any]]


@dataclass(frozen=True)
class ActKind:
    """案由. `first`: the ground (a key of `grounds`) for which reconsideration may come first;
    `inaction`: the agency did not act, so that no day of an act begins a period."""

    name: str
    first: str = ""
    inaction: bool = False


@dataclass(frozen=True)
class Ground:
    """Why reconsideration comes first; `certain` if the kind of act says it by itself."""

    key: str
    name: str
    basis: str
    certain: bool = False


@cache
def area_names() -> Mapping[str, str]:
    """The name of every area by its key; a part is named with its whole: 自然资源（土地）."""
    found: dict[str, str] = {}
    for row in _rows("areas"):
        found[row["key"]] = row["name"]
        parts = row.get("parts", {}).items()
        found |= {key: f"{row['name']}（{name}）" for key, name in parts}
    return MappingProxyType(found)


def area_name(key: str) -> str:
    """Old records may hold an area that no list has any more: it is its own name."""
    return area_names().get(key, key)


def area_choices() -> Choices:
    """For a form: areas with parts are groups, the whole first."""
    found: Choices = []
    for row in _rows("areas"):
        parts = list(row.get("parts", {}).items())
        whole = (row["key"], row["name"])
        found.append((row["name"], [whole, *parts]) if parts else whole)
    return found


@cache
def act_kinds() -> Mapping[str, ActKind]:
    return MappingProxyType({row["name"]: ActKind(**row) for row in _rows("act_kinds")})


def act_kind(name: str) -> ActKind:
    """Of a kind that the list has not, nothing is known but its name."""
    return act_kinds().get(name, ActKind(name))


def act_kind_choices() -> Choices:
    return [(name, name) for name in act_kinds()]


@cache
def grounds() -> Mapping[str, Ground]:
    return MappingProxyType({row["key"]: Ground(**row) for row in _rows("grounds")})


@cache
def _rows(name: str) -> tuple[dict, ...]:
    return tuple(yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8")))

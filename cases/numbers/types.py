"""The codes of the types of cases, read once from types.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml

NEAR = 3
ALIKE = 0.5


@dataclass(frozen=True)
class CaseType:
    """`procedure` is the kind of procedure such a number belongs to; `certain` says that the
    code is beyond doubt."""

    code: str
    name: str
    procedure: str
    certain: bool = False


@dataclass(frozen=True)
class Codes:
    """How numbers are told apart; `reconsiderations` are the names by code."""

    types: Mapping[str, CaseType]
    older_suggestions: tuple[str, ...]
    suggestions: tuple[str, ...]
    internal: tuple[str, ...]
    reconsiderations: Mapping[str, str]


@cache
def codes() -> Codes:
    path = Path(__file__).with_name("types.yaml")
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    types = (CaseType(**row) for row in read["types"])
    return Codes(
        types=MappingProxyType({one.code: one for one in types}),
        older_suggestions=tuple(read["older_suggestions"]),
        suggestions=tuple(read["suggestions"]),
        internal=tuple(read["internal"]),
        reconsiderations=MappingProxyType(
            {row["code"]: row["name"] for row in read["reconsiderations"]}
        ),
    )


def near_types(code: str) -> list[str]:
    """The codes most like one that is not known, the likeliest first; never none."""
    known = list(codes().types)
    likeness = {one: SequenceMatcher(None, code, one).ratio() for one in known}
    alike = [one for one in known if likeness[one] >= ALIKE] or known
    return sorted(alike, key=lambda one: (-likeness[one], known.index(one)))[:NEAR]

"""What made-up disputes are about, and how often."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import yaml

SOURCE = Path(__file__).parent / "matters.yaml"
RECONSIDERATION_FIRST_SINCE = date(2024, 1, 1)
FIRST = "行政复议法第二十三条第一款"


@dataclass(frozen=True)
class Matter:
    """`firm` and `many`: how likely the party is an enterprise, or many persons."""

    unit: str
    area: str
    act_kind: str
    act: str
    weight: int
    firm: float = 0.0
    many: float = 0.0
    money: tuple[int, int] | None = None
    first: bool = False

    def first_ground(self, on: date) -> str:
        return FIRST if self.first and on >= RECONSIDERATION_FIRST_SINCE else ""


@cache
def matters() -> tuple[Matter, ...]:
    rows = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    return tuple(
        Matter(**{**row, "money": tuple(row["money"]) if "money" in row else None}) for row in rows
    )


def drawn(rng: Random) -> Matter:
    every = matters()
    return rng.choices(every, [one.weight for one in every])[0]

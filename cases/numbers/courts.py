"""The table of court codes as it is first seeded."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def known_courts() -> tuple[dict[str, Any], ...]:
    """The rows of courts.yaml, a higher court before those below it."""
    path = Path(__file__).with_name("courts.yaml")
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    names = ("code", "name", "level", "higher", "division_code", "unverified")
    rows = (dict(zip(names, row, strict=True)) for row in read["courts"])
    return tuple(
        row | {"source": read["unverified" if row["unverified"] else "certain"]} for row in rows
    )


def seed_courts(model: Any) -> None:
    """Write the courts that are not there yet; `model` as a migration has it."""
    by_code = {row.code: row for row in model.objects.all()}
    for given in known_courts():
        if given["code"] not in by_code:
            row = given | {"higher": by_code.get(given["higher"])}
            by_code[row["code"]] = model.objects.create(**row)

"""Which column of a file is which field, and which word in it means what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from cases.imports.fields import Sheet, sheets

SHIPPED = Path(__file__).parent / "mappings"


@dataclass(frozen=True)
class Columns:
    """`columns`: the head of theirs by our field; one column may serve several. `values`: of
    a field, our key by their word. `constants`: what stands in a field where its column is
    missing or empty, as somebody would type it."""

    kind: str
    name: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)

    @property
    def sheet(self) -> Sheet:
        return sheets()[self.kind]

    def cell(self, name: str, row: Mapping[str, str]) -> str:
        """What stands for the field `name` in a row of the file."""
        typed = row.get(self.columns.get(name, ""), "") or self.constants.get(name, "")
        return self.values.get(name, {}).get(typed, typed)

    def head(self, name: str) -> str:
        """Where a fault of a field is to be looked for: at their column, or at ours."""
        found = self.columns.get(name)
        known = self.sheet.by_key
        return found or (known[name].head if name in known else "")


def own_columns(kind: str) -> Columns:
    """Of the template file: every field under its own head."""
    sheet = sheets()[kind]
    return Columns(kind, sheet.title, {one.key: one.head for one in sheet.fields})


@cache
def shipped() -> Mapping[str, Columns]:
    """The mappings that come with the portal, by key."""
    found = {}
    for path in sorted(SHIPPED.glob("*.yaml")):
        for row in yaml.safe_load(path.read_text(encoding="utf-8")):
            key = row.pop("key")
            found[key] = Columns(**row)
    return found

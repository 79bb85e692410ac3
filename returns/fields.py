"""The figures that a return asks for: what each takes, and how they are summed; pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from returns.states import FieldKind


@dataclass(frozen=True)
class Field:
    """One figure. `at_least` is what a unit owes in a year: a sum of counts, a rate in
    percent, or 1 for a yes."""

    key: str
    label: str
    kind: str
    at_least: float | None = None
    unit: str = ""
    optional: bool = False

    @classmethod
    def of(cls, given: dict) -> Self:
        return cls(**given)

    def clean(self, value: Any) -> Any:
        """As it is kept: a count, [part, whole], yes or no, text, an ISO day.

        Raises RuleBroken beside the field of this key.
        """
        if value in (None, "", []):
            if self.optional or self.kind == FieldKind.YES_NO:
                return False if self.kind == FieldKind.YES_NO else None
            raise RuleBroken("missing", _("Fill in this figure."), self.key)
        if self.kind == FieldKind.COUNT and not (isinstance(value, int) and value >= 0):
            raise RuleBroken("no_count", _("A count is a whole number from 0 up."), self.key)
        if self.kind == FieldKind.RATE:
            part, whole = value
            if not 0 <= part <= whole:
                message = _("The part cannot be more than the whole.")
                raise RuleBroken("no_rate", message, self.key)
            return [part, whole]
        return value.isoformat() if isinstance(value, date) else value

    def shown(self, value: Any) -> str:
        if value is None:
            return "—"
        if self.kind == FieldKind.RATE:
            return rate_words(*value)
        if self.kind == FieldKind.YES_NO:
            return _("Yes") if value else _("No")
        return f"{value}{self.unit}" if self.kind == FieldKind.COUNT else str(value)

    def summed(self, values: Iterable[Any]) -> Any:
        """Of several terms or units: counts and both halves of rates are added up, a yes
        counts; None where there is nothing to add."""
        known = [value for value in values if value is not None]
        if self.kind == FieldKind.COUNT:
            return sum(known) if known else None
        if self.kind == FieldKind.RATE:
            return [sum(pair[half] for pair in known) for half in (0, 1)] if known else None
        if self.kind == FieldKind.YES_NO:
            return sum(bool(value) for value in known) if known else None
        return None

    @property
    def least(self) -> str:
        """`at_least` as people read it: of a rate in percent."""
        sign = "%" if self.kind == FieldKind.RATE else self.unit
        return "" if self.at_least is None else f"{self.at_least:g}{sign}"

    def figure(self, total: Any) -> float | None:
        """What is held against `at_least`."""
        if total is None:
            return None
        if self.kind == FieldKind.RATE:
            return 100 * total[0] / total[1] if total[1] else None
        return float(total)

    def short_of(self, total: Any) -> bool:
        """Does a year's total stay below what is owed? Without any figure it does."""
        if self.at_least is None:
            return False
        figure = self.figure(total)
        if figure is None:
            return self.kind != FieldKind.RATE or total is None
        return figure < self.at_least

    def shown_sum(self, total: Any) -> str:
        if total is None or self.kind in (FieldKind.TEXT, FieldKind.DAY):
            return "—"
        if self.kind == FieldKind.YES_NO:
            return str(total)
        return self.shown(total)


def fields_of(rows: Iterable[dict]) -> list[Field]:
    return [Field.of(row) for row in rows]


def cleaned(rows: Iterable[dict], given: dict[str, Any]) -> dict[str, Any]:
    """The values of a return as they are kept; what was not asked for is left out."""
    return {field.key: field.clean(given.get(field.key)) for field in fields_of(rows)}


def rate_words(part: int, whole: int) -> str:
    return f"{part / whole:.2%}（{part} / {whole}）" if whole else f"—（{part} / {whole}）"

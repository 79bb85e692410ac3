"""Which figures an address asks for: the institution, the period, one unit, one area."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model

from foundations.access.policy import visible_to
from mechanisms.models import Mechanism
from members.models import Organization, User
from services.indicators.definitions import Indicator, Variant
from services.indicators.profile import Choice, choices_of
from services.indicators.questions import UNIT, Question
from services.indicators.sources import registered

AREA = "area"
EARLIEST = date(1990, 10, 1)
"""The law of administrative litigation came into force; no figure is older."""


@dataclass(frozen=True)
class Asked:
    """From `first_on` to `last_on` (inclusive) as it is known on `on`, of what `reader` sees;
    None is of everything in the place, where only numbers are shown."""

    mechanism: Mechanism
    first_on: date
    last_on: date
    on: date
    reader: User | None
    unit: Organization | None = None
    area: str = ""

    @cached_property
    def choices(self) -> dict[str, Choice]:
        """How the institution counts each indicator on the last day of the period."""
        return choices_of(self.mechanism, min(self.last_on, self.on))

    def question(self, indicator: Indicator, variant: Variant, months: int = 6) -> Question | None:
        """None where the rows of the indicator know no unit or area that was asked for."""
        narrow = self._narrow()
        if not all(_knows(variant, name) for name, _key in narrow):
            return None
        return Question(
            indicator=indicator,
            variant=variant,
            jurisdiction=self.mechanism.jurisdiction,
            first_on=self.first_on,
            last_on=self.last_on,
            on=self.on,
            reader=self.reader,
            narrow=narrow,
            months=months,
        )

    def _narrow(self) -> tuple[tuple[str, Hashable], ...]:
        asked: list[tuple[str, Hashable]] = []
        if self.unit is not None:
            asked.append((UNIT, self.unit.pk))
        if self.area:
            asked.append((AREA, self.area))
        return tuple(asked)

    @property
    def query(self) -> str:
        """The same in an address."""
        given = {"since": self.first_on.isoformat(), "until": self.last_on.isoformat()}
        if self.unit is not None:
            given["unit"] = self.unit.public_id
        if self.area:
            given["area"] = self.area
        return urlencode(given)


def open_to(reader: User | None, model: type[Model]) -> Any:
    """The rows that `reader` may see; all of them for None, of whom only numbers are asked.

    A queryset of the model's own class, which a type checker cannot be told.
    """
    return model._default_manager.all() if reader is None else visible_to(reader, model)


def _knows(variant: Variant, group: str) -> bool:
    """A way of counting whose source is gone is answered by what is wrong with it."""
    found = registered().get(variant.source)
    return found is None or found.asked([group]).knows(group)

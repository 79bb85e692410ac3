"""Letters as toys of the engine of indicators: a source of their own, figures over it, rows.

A module of tests puts the source in for each of its tests with `put`.
"""

from dataclasses import replace
from datetime import date

import pytest
from django.db.models import F, Q

from services.indicators import sources
from services.indicators.definitions import Better, Indicator, Unit, Variant
from services.indicators.groups import units
from services.indicators.questions import UNIT, Question
from services.indicators.sources import Group, Source, Terms
from services.indicators.values import Value as Figure
from suggestions.models import Addressee
from suggestions.states import AddresseeState
from tests.letters import addressee, put_served

FIRST, LAST, ON = date(2026, 2, 1), date(2026, 3, 31), date(2026, 11, 20)
SERVED = date(2026, 1, 5)


def _before_end(terms: Terms) -> Q:
    return Q(served_on__lte=terms.last_on)


def _not_replied_before(terms: Terms) -> Q:
    return Q(replied_on__isnull=True) | Q(replied_on__gte=terms.first_on)


TOYS = Source(
    key="toys",
    label="Toys",
    rows=lambda place, reader: Addressee.objects.filter(suggestion__jurisdiction=place),
    conditions={
        "any": Q(),
        "closed": Q(state=AddresseeState.CLOSED),
        "replied": Q(replied_on__isnull=False),
        "late": Q(replied_on__gt=F("reply_due_on")),
        "taken": _before_end,
        "in_hand": _not_replied_before,
        "replied_in_period": lambda t: Q(replied_on__range=(t.first_on, t.last_on)),
    },
    dates={"due": "reply_due_on", "served": "served_on", "replied": "replied_on"},
    columns=(),
    groups={
        UNIT: units("organization"),
        "area": Group("Area", "suggestion__area", lambda keys: {key: str(key) for key in keys}),
        "handler": Group("Handler", "handler", lambda keys: {key: str(key) for key in keys}),
    },
    sums={"order": "order", "one": "handler"},
    unit="organization",
)
REPLIED = Variant("replied", "", "toys", "due", n=("replied",), d=("any",), basis="")


def put(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sources._sources, "toys", TOYS)


def made(variant: Variant = REPLIED, unit: Unit = Unit.PERCENT, **changes) -> Indicator:
    one = replace(variant, **changes)
    return Indicator("T1", "试验", unit, Better.UP, {one.key: one})


def ask(city, one: Indicator | None = None, **given) -> Question:
    one = one or made()
    days = {"first_on": FIRST, "last_on": LAST, "on": ON}
    return Question(one, one.usual, city.jurisdiction, **{**days, **given})


def due(city, day: date, key: str = "agency", *, replied: bool = False, **changes) -> Addressee:
    """A letter to one unit whose reply is due on a day, and came that day or not at all."""
    if replied:
        changes |= {"replied_on": day, "state": AddresseeState.CLOSED}
    return put_served(addressee(city, key), SERVED, day, **changes)


def counted(value: Figure) -> tuple[int, int]:
    return value.n, value.d

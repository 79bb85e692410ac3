"""Questions about indicators, for tests: a figure of a variant, of whom and of when."""

from datetime import date
from typing import Any

from services.indicators.definitions import indicator
from services.indicators.questions import Question, answer
from services.indicators.values import Value
from tests.city import City

FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)
"""The third quarter."""
ON = date(2026, 10, 15)


def asked(city: City, key: str, variant: str = "", **given: Any) -> Question:
    """The usual variant where none is named, in the third quarter, as known in October."""
    one = indicator(key)
    terms = {"first_on": FIRST, "last_on": LAST, "on": ON, **given}
    chosen = one.variants[variant] if variant else one.usual
    return Question(one, chosen, city.jurisdiction, **terms)


def told(city: City, key: str, variant: str = "", **given: Any) -> tuple[int, int, dict[str, int]]:
    """n, d and what is told apart."""
    found = valued(city, key, variant, **given)
    return found.n, found.d, dict(found.apart)


def valued(city: City, key: str, variant: str = "", **given: Any) -> Value:
    found = answer(asked(city, key, variant, **given))
    assert not found.broken, found.broken
    return found

"""How the clauses that speak of meetings and joint activities are judged, a module a subject."""

from mechanisms import rules
from meetings.rules import activities, agenda, cadence, guests, secrecy

PARTS = (cadence, agenda, guests, secrecy, activities)


def register() -> None:
    for part in PARTS:
        for (kind, subject), evaluate in part.RULES.items():
            rules.register(kind, subject, evaluate)

"""How the clauses that speak of what is told are judged, a module a part."""

from bulletins.rules import library, obligations, reports
from mechanisms import rules

PARTS = (obligations, library, reports)


def register() -> None:
    for part in PARTS:
        for (kind, subject), evaluate in part.RULES.items():
            rules.register(kind, subject, evaluate)

"""How the clauses that speak of disputes are judged, a module a subject."""

from cases.rules import appearances, coordination, intake, mediation, outcomes, risk, suits
from mechanisms import rules

PARTS = (intake, mediation, coordination, suits, appearances, outcomes, risk)


def register() -> None:
    for part in PARTS:
        for (kind, subject), evaluate in part.RULES.items():
            rules.register(kind, subject, evaluate)

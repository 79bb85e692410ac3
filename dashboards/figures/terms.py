"""The terms that figures are compared over: months, quarters, years until a day."""

from datetime import date, timedelta

from dashboards.figures.asked import EARLIEST
from foundations.calendars.terms import Per, Term

PERS = (Per.MONTH, Per.QUARTER, Per.YEAR)


def last_terms(per: Per, until: date, count: int) -> list[Term]:
    """The term in which the day lies and those before it, the oldest first."""
    terms = [Term.around(per, until)]
    while len(terms) < count and terms[0].first_on - timedelta(days=1) >= EARLIEST:
        terms.insert(0, terms[0].before)
    return terms


def per_named(name: str) -> Per:
    """Months for a name that is none of them."""
    return Per(name) if name in PERS else Per.MONTH

"""Letters whose replies are counted by hand, and queries of them, for tests.

Of the court to two agencies, due in 2026 before the day NOW, by month:
    agency   March: replied; April: silent
    natural  April: replied; May: replied; June: silent
R8 (replied ÷ over) is 3/5 for the court, 1/2 for the agency, 2/3 for the other one.
"""

from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from dashboards.actions import QueryWords, keep_query
from dashboards.models import SavedQuery
from dashboards.queries.wanted import Pick, Wanted
from suggestions.states import AddresseeState
from tests.city import City
from tests.letters import addressee, agencies, moment, put_served

TODAY = date(2026, 11, 20)
NOW = moment(TODAY, 10)
LETTERS = (
    ("agency", date(2026, 3, 10), date(2026, 3, 2)),
    ("agency", date(2026, 4, 10), None),
    ("natural", date(2026, 4, 20), date(2026, 4, 20)),
    ("natural", date(2026, 5, 5), date(2026, 5, 4)),
    ("natural", date(2026, 6, 1), None),
)


def advised(city: City) -> City:
    """The city with its letters; `natural_contact` has the account of the second agency."""
    agencies(city, 2)
    for unit, due, answered in LETTERS:
        row = addressee(city, unit, issued_on=date(2026, 1, 5))
        more: dict[str, Any] = {}
        if answered:
            more = {"state": AddresseeState.CLOSED, "replied_on": answered}
            more |= {"attitude": "accepted"}
        put_served(row, date(2026, 1, 6), due, **more)
    return city


def kept(city: City, by: str = "court_officer", **given: Any) -> SavedQuery:
    """A query of R8 and R9 in the running year; `given` are its conditions and its words."""
    told = {name: given.pop(name) for name in ("shared_with", "mail_day") if name in given}
    name, at = given.pop("name", "建议回复情况"), given.pop("at", NOW)
    given.setdefault("picks", (Pick("R8"), Pick("R9", "replied")))
    return keep_query(
        city.mechanism.pk,
        actor=city.users[by],
        at=at,
        wanted=Wanted(**given),
        words=QueryWords(name, **told),
    )


def address(city: City, name: str, *parts: str) -> str:
    return reverse(f"dashboards:{name}", args=[city.mechanism.key, *parts])


def flat(answer: Any) -> str:
    """The page with one space wherever it has any."""
    return " ".join(answer.content.decode().split())


def page(client: Client, query: SavedQuery) -> str:
    return flat(client.get(query.get_absolute_url()))

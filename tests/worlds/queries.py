"""A saved query and its addresses, for the sweeps."""

from datetime import date

from django.db.models import Model

from dashboards.actions import QueryWords, keep_query
from dashboards.queries.wanted import Pick, Wanted
from tests.city import City
from tests.sitting import moment

# Room and record of each address, then its names.
TABLE = """
dashboards key: queries query-new query-table
"""
# What has more than one part: name and the records of its parts.
MORE: dict[str, tuple[str, ...]] = {
    f"dashboards:{name}": ("key", "query") for name in ("query", "query-change", "query-remove")
}


def records(city: City) -> dict[str, Model]:
    query = keep_query(
        city.mechanism.pk,
        actor=city.users["gov_officer"],
        at=moment(date(2026, 11, 26)),
        wanted=Wanted((Pick("R1"), Pick("R8"))),
        words=QueryWords("每月看的"),
    )
    return {"query": query}

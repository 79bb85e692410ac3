"""A screen on a wall that waits for its browser, for the sweeps."""

from datetime import date

from django.db.models import Model

from dashboards.actions import DisplayWords, make_display
from dashboards.models import Display
from dashboards.wall.secrets import digest_of
from tests.city import City
from tests.sitting import moment

LINK = "the-link-of-the-screen-in-the-hall"
# Room and record of each address, then its names.
TABLE = """
dashboards key: displays display-new
"""
# What has more than one part, or none of a record: a link is known by its secret alone.
MORE: dict[str, tuple[str, ...]] = {
    "dashboards:display-revoke": ("key", "display"),
    "dashboards:wall-enter": (LINK,),
}


def records(city: City) -> dict[str, Model]:
    at = moment(date(2026, 11, 26))
    words = DisplayWords("一楼大厅", "127.0.0.1")
    make_display(city.mechanism.pk, actor=city.users["gov_officer"], at=at, words=words)
    display = Display.objects.get()
    Display.objects.filter(pk=display.pk).update(link_digest=digest_of(LINK))
    return {"display": display}

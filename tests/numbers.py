"""Numbers on the pages of figures, and the lists of rows that they lead to."""

import re

from django.test import Client
from django.urls import reverse

FOUND = re.compile(r'<span role="status">\D*(\d+)')
READERS = ("gov_officer", "court_officer", "agency_contact")


def listed(client: Client, url: str) -> int:
    """How many rows the list behind a number has."""
    answer = client.get(url)
    assert answer.status_code == 200, url
    found = FOUND.search(answer.content.decode())
    return int(found[1]) if found else 0


def address(world, name: str, *parts: str) -> str:
    return reverse(f"dashboards:{name}", args=[world.city.mechanism.key, *parts])

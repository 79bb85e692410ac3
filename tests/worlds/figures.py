"""Addresses of figures, for the sweeps: they are of the institution, with an indicator."""

from django.db.models import Model

from tests.city import City

# Room and record of each address, then its names.
TABLE = """
dashboards key: figures figures-table leaders report compare compare-table
"""
# What has more than one part: name and the records of its parts.
MORE: dict[str, tuple[str, ...]] = {
    "dashboards:unit": ("key", "unit"),
    "dashboards:told": ("key", "overdue"),
    "dashboards:figure": ("key", "R2"),
    "dashboards:figure-rows": ("key", "R4", "in_period"),
}


def records(city: City) -> dict[str, Model]:
    return {}

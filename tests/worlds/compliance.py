"""Records of attestations and month ends and their addresses, for the sweeps."""

from django.db.models import Model

from tests.city import City

# Room and record of each address, then its names.
TABLE = ""
# What has more than one part: name and the records of its parts.
MORE: dict[str, tuple[str, ...]] = {}


def records(city: City) -> dict[str, Model]:
    return {}

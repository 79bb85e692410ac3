"""Where the records behind a figure are listed: a room above has that page."""

from collections.abc import Callable, Mapping
from typing import Any

from assessments.models import Score
from members.models import Organization, User

Address = Callable[[User, str, Mapping[str, Any], Organization], str]
"""Of a reader, the key of the institution, a figure as it was asked and a unit; empty where the
reader opens no such page."""
_addresses: list[Address] = []


def register(address: Address) -> None:
    if _addresses:
        raise RuntimeError("There is a page of the records behind a figure already.")
    _addresses.append(address)


def records_of(user: User, score: Score) -> str:
    """Empty for what is judged. The list is of the records as they are now."""
    if not score.asked or not _addresses:
        return ""
    key = score.sheet.scheme.mechanism.key
    return _addresses[0](user, key, score.asked, score.assessed.organization)

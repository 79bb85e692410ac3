"""Whether an account may (still) be told things outside the portal's pages.

The room of the accounts fills `conditions` in its `apps.ready()`; while nobody has named
any, nobody may.
"""

from collections.abc import Callable
from datetime import date

from foundations.audit.actor import User

conditions: list[Callable[[User, date], bool]] = []


def may_read(user: User, on: date) -> bool:
    """Would the account be let in on that day?"""
    return bool(conditions) and all(holds(user, on) for holds in conditions)

"""A notice about the justice bureau, told to accounts of the city."""

from datetime import UTC, datetime

from foundations.audit.trail import acting
from foundations.notifications.send import notify_once

AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
"""Nine o'clock of a Friday in China."""


def tell(city, *names, reason="changed", **changes) -> None:
    given = {"title": "单位信息已更新", "text": "请核对联系方式。", "at": AT}
    with acting():
        notify_once(
            [city.users[name] for name in names],
            city.organizations["justice"],
            reason=reason,
            **given | changes,
        )

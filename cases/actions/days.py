"""On which days something may be said to have happened."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken


def require_past(on: date, at: datetime, field: str = "on") -> None:
    """Raises RuleBroken "future" beside `field`."""
    if on > timezone.localtime(at).date():
        message = _("This day is still to come; a record tells what has happened.")
        raise RuleBroken("future", message, field)

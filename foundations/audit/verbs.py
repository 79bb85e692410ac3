"""The words for what the trail records; told by the rooms that record it.

In a room's apps.py (this module may be imported there, before there are models):

    verbs.update({"meetings.meeting.notified": _("issued the notice of the %(side)s side")})

The fields come from the entry's data; where a sentence needs more than that, the value is
a callable of the data. A verb that no room has told is not shown in timelines: that
somebody read a record, for one, is for the audit administrator alone.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Words = str | Promise | Callable[[dict], str]
verbs: dict[str, Words] = {}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class _Fields(dict):
    """An entry's data; a field that an old entry does not have is a dash."""

    def __missing__(self, key: str) -> str:
        return "—"


def sentence(verb: str, data: dict) -> str:
    """What was done, in words; the bare verb if no room has told it.

    Only the audit administrator's list shows a verb that is not told.
    """
    told = verbs.get(verb)
    if told is None:
        return _("Opened the record") if verb.endswith(".read") else verb
    words = {name: spoken(value) for name, value in data.items()}
    return told(words) if callable(told) else str(told) % _Fields(words)


def spoken(value: Any) -> Any:
    """A day that is kept as text (2026-11-23), as offices write it; all else as it is."""
    if isinstance(value, str) and DAY.fullmatch(value):
        return date_format(date.fromisoformat(value), _("F j, Y"))
    return value

"""The words for what the trail records; told by the rooms that record it.

In a room's apps.py (this module may be imported there, before there are models):

    verbs.update({"meetings.meeting.notified": _("issued the notice of the %(side)s side")})

The fields come from the entry's data; where a sentence needs more than that, the value is
a callable of the data. A verb that no room has told is not shown in timelines: that
somebody read a record, for one, is for the audit administrator alone.
"""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext as _

Words = str | Promise | Callable[[dict], str]
verbs: dict[str, Words] = {}


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
    return told(data) if callable(told) else str(told) % _Fields(data)

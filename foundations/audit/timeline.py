"""What happened to a record, in sentences; the verbs are told by the rooms that record them.

In a room's `apps.ready()`:

    verbs.update({"meetings.meeting.notified": _("issued the notice of the %(side)s side")})

The fields come from the entry's data. A verb that no room has told is not shown: that
somebody read a record, for one, is for the audit administrator alone.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext as _

from foundations.audit.models import AuditEntry

verbs: dict[str, str] = {}
MOST = 60


@dataclass(frozen=True)
class Moment:
    at: datetime
    actor_label: str
    sentence: str


class _Fields(dict):
    """An entry's data; a field that an old entry does not have is a dash."""

    def __missing__(self, key):
        return "—"


def timeline(*subjects, most: int = MOST) -> list[Moment]:
    """What happened to the subjects, newest first; one query."""
    about = Q(pk__in=())
    for subject in subjects:
        kind = ContentType.objects.get_for_model(subject)
        about |= Q(subject_type=kind, subject_id=subject.pk)
    entries = AuditEntry.objects.filter(about, action__in=verbs).order_by("-pk")[:most]
    return [
        Moment(entry.at, entry.actor_label or _("The portal"), sentence_of(entry))
        for entry in entries
    ]


def sentence_of(entry: AuditEntry) -> str:
    """What the entry says was done; the bare verb if no room has told it."""
    told = verbs.get(entry.action)
    return str(told) % _Fields(entry.data) if told else entry.action

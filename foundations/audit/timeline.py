"""What happened to a record, in the sentences of `foundations.audit.verbs`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from foundations.audit.models import AuditEntry
from foundations.audit.verbs import sentence, verbs

MOST = 60


@dataclass(frozen=True)
class Moment:
    at: datetime
    actor_label: str
    sentence: str


def timeline(
    *subjects: Model, most: int = MOST, only: Collection[str] | None = None
) -> list[Moment]:
    """What happened to the subjects, newest first; one query. `only` these verbs, if named."""
    about = Q(pk__in=())
    for subject in subjects:
        kind = ContentType.objects.get_for_model(subject)
        about |= Q(subject_type=kind, subject_id=subject.pk)
    told = [verb for verb in verbs if only is None or verb in only]
    entries = AuditEntry.objects.filter(about, action__in=told)
    return [
        Moment(entry.at, entry.actor_label or _("The portal"), sentence_of(entry))
        for entry in entries.order_by("-pk")[:most]
    ]


def sentence_of(entry: AuditEntry) -> str:
    """What an entry says was done."""
    return sentence(entry.action, entry.data)

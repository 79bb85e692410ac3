"""Files that prove: of a service, with a reply, of a measure, with an answer."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import UploadedFile

from foundations.access.rows import Record
from foundations.audit.actor import Actor
from members.models import Organization
from services.documents.attachments import attach_all
from services.documents.models import Attachment
from suggestions.models import Addressee, Measure


def keep_files(
    subject: Record,
    files: Collection[UploadedFile],
    *,
    addressee: Addressee,
    organization: Organization,
    actor: Actor,
    at: datetime,
    declared: bool,
) -> None:
    """Keep files with `subject`, seen by whoever sees the letter."""
    attach_all(
        subject,
        files,
        actor=actor,
        at=at,
        jurisdiction=addressee.jurisdiction,
        declared=declared,
        visibility=addressee.suggestion.visibility,
        organization=organization,
    )


def without_evidence(measures: Iterable[Measure]) -> list[Measure]:
    """Those of the measures that no file proves; one query."""
    rows = list(measures)
    proved = Attachment.objects.filter(
        subject_type=ContentType.objects.get_for_model(Measure),
        subject_id__in=[measure.pk for measure in rows],
        removed_at__isnull=True,
    ).values_list("subject_id", flat=True)
    known = set(proved)
    return [measure for measure in rows if measure.pk not in known]

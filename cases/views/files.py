"""The files of many rows at once; who sees a row sees its files."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q

from services.documents.models import Attachment


def files_of(rows: Iterable[Model]) -> dict[Model, list[Attachment]]:
    """Of each row that has any; one query."""
    known = {(ContentType.objects.get_for_model(row).pk, row.pk): row for row in rows}
    about = Q(pk__in=())
    for kind in {kind for kind, _pk in known}:
        about |= Q(subject_type=kind, subject_id__in=[pk for of, pk in known if of == kind])
    found: dict[Model, list[Attachment]] = {}
    for file in Attachment.objects.filter(about, removed_at=None).order_by("pk"):
        found.setdefault(known[file.subject_type_id, file.subject_id], []).append(file)
    return found

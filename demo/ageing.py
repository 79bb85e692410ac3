"""Rows as old as what is told of them: a row is made now, its deed was long ago."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Min

from foundations.access.rows import Record
from foundations.audit.models import AuditEntry


def age_rows(chain: str) -> None:
    """Every record of a chain was created when the trail first tells of it."""
    about = AuditEntry.objects.filter(chain=chain, subject_id__isnull=False)
    firsts = about.values("subject_type", "subject_id").annotate(first=Min("at"))
    for row in firsts.order_by("subject_type", "subject_id"):
        model = ContentType.objects.get_for_id(row["subject_type"]).model_class()
        if model is not None and issubclass(model, Record):
            rows = model._base_manager.filter(pk=row["subject_id"])
            rows.update(created_at=row["first"])

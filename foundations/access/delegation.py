"""Rows that hang on any kind of record are seen by whoever sees the record."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from foundations.access.policy import visible_to
from foundations.audit.actor import User


def of_visible_subjects(user: User, rows: QuerySet) -> QuerySet:
    """Those of `rows` (with `subject_type`, `subject_id`) whose subject `user` may see."""
    near = Q(pk__in=())
    for type_id in rows.order_by().values_list("subject_type", flat=True).distinct():
        subject = ContentType.objects.get_for_id(type_id).model_class()
        if subject is not None:
            seen = visible_to(user, subject).values("pk")
            near |= Q(subject_type=type_id, subject_id__in=seen)
    return rows.filter(near)

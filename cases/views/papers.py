"""The papers and files of a dispute that its reader may see."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet

from cases.models import Dispute
from cases.views.reading import reading_of
from foundations.access.policy import policy_for
from foundations.access.requests import SignedInRequest
from services.documents.models import Attachment, OfficialDocument


def papers_section(request: SignedInRequest, dispute: Dispute) -> dict:
    """Of the dispute, its procedures and whoever takes part in them."""
    procedures = reading_of(request, dispute).procedures
    parts = [part for one in procedures for part in one.participants.all()]
    about = _about([dispute, *procedures, *parts])
    documents = OfficialDocument.objects.filter(about).select_related("organization")
    files = Attachment.objects.filter(about, removed_at=None).select_related("organization")
    return {
        "documents": list(_seen(request, documents)),
        "files": list(_seen(request, files)),
    }


def _seen(request: SignedInRequest, rows: QuerySet) -> QuerySet:
    return policy_for(rows.model).visible(request.user, rows).order_by("pk")


def _about(subjects: list[Model]) -> Q:
    held: dict[int, list[int]] = {}
    for one in subjects:
        held.setdefault(ContentType.objects.get_for_model(one).pk, []).append(one.pk)
    about = Q(pk__in=())
    for kind, keys in held.items():
        about |= Q(subject_type=kind, subject_id__in=keys)
    return about

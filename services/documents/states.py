"""The life of a document: its states and the moves between them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DocumentState(TextChoices):
    DRAFT = "draft", _("Draft")
    ISSUING = "issuing", _("Being issued")
    ISSUED = "issued", _("Officially issued")
    VOIDED = "voided", _("Voided")
    REPLACED = "replaced", _("Replaced")


DOCUMENT_MOVES: dict[str, frozenset[str]] = {
    DocumentState.DRAFT: frozenset({DocumentState.ISSUING, DocumentState.VOIDED}),
    DocumentState.ISSUING: frozenset(
        {DocumentState.ISSUED, DocumentState.VOIDED, DocumentState.REPLACED}
    ),
    DocumentState.ISSUED: frozenset({DocumentState.VOIDED, DocumentState.REPLACED}),
    DocumentState.VOIDED: frozenset(),
    DocumentState.REPLACED: frozenset(),
}
OUT = frozenset({DocumentState.ISSUED, DocumentState.VOIDED, DocumentState.REPLACED})

"""Drafts on paper before they are issued: made by the worker, kept for a day."""

import hashlib
import json

from django.core.files.storage import default_storage

from services.documents.models import OfficialDocument


def preview_name(document: OfficialDocument) -> str:
    """Where the preview of the draft, as it reads now, is kept."""
    text = json.dumps([document.kind, document.content], sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(text.encode()).hexdigest()[:24]
    return f"previews/{document.public_id}-{digest}.pdf"


def has_preview(document: OfficialDocument) -> bool:
    return default_storage.exists(preview_name(document))

"""Rendered papers in the storage, with their digests."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from lxml.html import fromstring

from services.documents.models import DocumentFile, OfficialDocument
from services.documents.previews import has_preview, preview_name
from services.documents.rendering import fonts, papers, pdf, word


def render_files(document: OfficialDocument) -> list[DocumentFile]:
    """Render the frozen context and store PDF and Word; the rows are saved by `finish`."""
    html = papers.html_of(document.kind, document.content)
    text = fromstring(html).find("body").text_content()
    rendered = pdf.render(html)
    fallback = fonts.fallen_back(text)[:200]
    return [
        _stored(document, "pdf", rendered.content, pages=rendered.pages, fallback=fallback),
        _stored(document, "docx", word.render(html)),
    ]


def _stored(document: OfficialDocument, suffix: str, content: bytes, **given: Any) -> DocumentFile:
    digest = hashlib.sha256(content).hexdigest()
    row = DocumentFile(document=document, format=suffix, digest=digest, size=len(content), **given)
    row.file.save(f"{digest[:16]}.{suffix}", ContentFile(content), save=False)
    return row


def make_preview(document: OfficialDocument) -> None:
    """Render the draft, unless it was rendered as it reads now."""
    if not has_preview(document):
        rendered = pdf.render(papers.html_of(document.kind, document.content))
        default_storage.save(preview_name(document), ContentFile(rendered.content))

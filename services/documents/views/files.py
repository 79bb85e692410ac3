"""The files of documents: issued ones as they were frozen, internal ones by the reader."""

from datetime import datetime

from celery import signature
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from foundations.access.requests import SignedInRequest
from foundations.notifications.kick import kick
from members.models import User
from services.documents import actions
from services.documents.models import OfficialDocument
from services.documents.previews import has_preview, preview_name
from services.documents.readers import reader_line
from services.documents.rendering.stamp import stamp
from services.documents.states import OUT, DocumentState
from services.documents.views.documents import found
from services.documents.views.serving import served

LARGE = {DocumentState.VOIDED: "作废", DocumentState.REPLACED: "已被替代"}


@require_GET
@login_required
def document_file(request: SignedInRequest, public_id: str, file_format: str) -> FileResponse:
    """PDF or Word of an issued document; what is read of an internal one is recorded."""
    document = found(request, public_id)
    if document.state not in OUT:
        raise Http404
    file = get_object_or_404(document.files, format=file_format)
    at = timezone.now()
    actions.read(document.pk, actor=request.user, file_format=file_format)
    with file.file.open() as stored:
        content = stored.read()
    if file_format == "pdf":
        content = _for_reader(document, content, request.user, at)
    return served(content, f"{document}.{file_format}", inline=file_format == "pdf")


def _for_reader(document: OfficialDocument, content: bytes, user: User, at: datetime) -> bytes:
    large = LARGE.get(DocumentState(document.state), "")
    if not document.internal and not large:
        return content
    return stamp(content, [reader_line(user, at=at), document.mark], large=large)


@require_GET
@login_required
def preview(request: SignedInRequest, public_id: str) -> HttpResponseBase:
    """The draft as it would be printed, marked as a draft; a page that waits until then."""
    document = found(request, public_id)
    if not document.is_draft:
        raise Http404
    if not has_preview(document):
        if not request.htmx:
            kick(signature("services.documents.tasks.render_preview"), document.pk)
        return render(request, "documents/preview.html", {"document": document})
    if request.htmx:
        response = render(request, "documents/_preview.html", {"document": document})
        response["HX-Refresh"] = "true"
        return response
    at = timezone.now()
    actions.read(document.pk, actor=request.user, file_format="pdf")
    with default_storage.open(preview_name(document)) as stored:
        content = stamp(stored.read(), [reader_line(request.user, at=at)], large="草稿")
    return served(content, _("Draft %(title)s.pdf") % {"title": document.title}, inline=True)

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from services.documents import attachments
from services.documents.models import Attachment


def _found(request: SignedInRequest, public_id: str) -> Attachment:
    return get_object_or_404(visible_to(request.user, Attachment), public_id=public_id)


@require_GET
@login_required
def attachment(request: SignedInRequest, public_id: str) -> FileResponse:
    """Always a download: what was uploaded is never shown inside the portal's own pages."""
    opened = attachments.open_attachment(_found(request, public_id).pk, actor=request.user)
    response = FileResponse(
        opened.file.open(),
        as_attachment=True,
        filename=opened.name,
        content_type=opened.media_type,
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@login_required
def remove(request: SignedInRequest, public_id: str) -> HttpResponse:
    removed = attachments.remove(
        _found(request, public_id).pk,
        actor=request.user,
        at=timezone.now(),
        reason=request.POST.get("reason", "").strip(),
    )
    return redirect(removed.subject)

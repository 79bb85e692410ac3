from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundations.access.forms import run
from foundations.access.policy import policy_for
from foundations.access.requests import SignedInRequest
from foundations.ledgers.ledger import ledger_response
from members.models import User
from services.documents import actions
from services.documents.forms import VoidForm
from services.documents.ledger import DocumentLedger
from services.documents.models import OfficialDocument
from services.documents.progress import SOON, is_given_up, is_interrupted
from services.documents.readers import readers_of


@require_GET
@login_required
def document_list(request: SignedInRequest) -> HttpResponse:
    return ledger_response(request, DocumentLedger, rows=_visible(request.user))


def _visible(user: User) -> QuerySet[OfficialDocument]:
    return policy_for(OfficialDocument).visible(user, OfficialDocument.objects.for_listing())


def found(request: SignedInRequest, public_id: str) -> OfficialDocument:
    """The document, if the reader may see it; else 404."""
    rows = _visible(request.user).select_related("series", "replaces")
    return get_object_or_404(rows, public_id=public_id)


@require_GET
@login_required
def detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    document = found(request, public_id)
    return _detail(request, document, VoidForm(initial={"version": document.version}))


def _detail(
    request: SignedInRequest, document: OfficialDocument, form: VoidForm, status: int = 200
) -> HttpResponse:
    policy = policy_for(document)
    secretariat = policy.can(request.user, "retry", document)
    context = {
        "document": document,
        "successor": OfficialDocument.objects.filter(replaces=document).first(),
        "files": document.files.order_by("-format"),
        "readers": readers_of(document) if document.internal and secretariat else None,
        "may_word": policy.can(request.user, "word", document),
        "may_void": policy.can(request.user, "void", document),
        "form": form,
        **_progress(document),
    }
    return render(request, "documents/detail.html", context, status=status)


def _progress(document: OfficialDocument) -> dict[str, object]:
    return {
        "interrupted": is_interrupted(document, at=timezone.now()),
        "given_up": is_given_up(document),
        "minutes": SOON // timedelta(minutes=1),
    }


@require_GET
@login_required
def progress(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The state of an issuing document; the page asks again until it is done."""
    document = found(request, public_id)
    context = {"document": document, **_progress(document)}
    response = render(request, "documents/_progress.html", context)
    if document.is_done or document.error:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@login_required
def void(request: SignedInRequest, public_id: str) -> HttpResponse:
    document = found(request, public_id)
    form = VoidForm(request.POST)
    given = {"actor": request.user, "at": timezone.now()}
    if form.is_valid() and run(
        form, actions.void, document_id=document.pk, **given, **form.cleaned_data
    ):
        messages.success(request, _("The document is void; its number stays taken."))
        return redirect(document)
    return _detail(request, document, form, status=422)


@require_POST
@login_required
def retry(request: SignedInRequest, public_id: str) -> HttpResponse:
    document = found(request, public_id)
    actions.retry(document.pk, actor=request.user, at=timezone.now())
    return redirect(document)

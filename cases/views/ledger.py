"""The ledger of disputes: the page, its list alone, or the file of a view."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from cases.forms.intake import works_at_registrar
from cases.ledger import DisputeLedger, DisputePage
from cases.models import Dispute
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.export import FORMATS, export_response


@require_GET
@login_required
def ledger(request: SignedInRequest) -> HttpResponse:
    rows = visible_to(request.user, Dispute).select_related("agency", "holder")
    page = DisputePage(request, DisputeLedger, rows)
    if request.GET.get("export") in FORMATS:
        return export_response(request.user, page, request.GET["export"])
    partial = request.htmx and not request.htmx.history_restore_request
    template = "cases/_list.html" if partial else "cases/list.html"
    context = {"ledger": page, "registers": works_at_registrar(request.user, timezone.localdate())}
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response

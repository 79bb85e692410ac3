"""The ledger of disputes: the page, its list alone, or the file of a view."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from cases.ledger import DisputeLedger, DisputePage
from cases.models import Dispute
from cases.policy.circle import WORKERS
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.export import FORMATS, export_response
from members.standing import standing


@require_GET
@login_required
def ledger(request: SignedInRequest) -> HttpResponse:
    rows = visible_to(request.user, Dispute).select_related("agency", "holder")
    page = DisputePage(request, DisputeLedger, rows)
    if request.GET.get("export") in FORMATS:
        return export_response(request.user, page, request.GET["export"])
    partial = request.htmx and not request.htmx.history_restore_request
    template = "cases/_list.html" if partial else "cases/list.html"
    context = {"ledger": page, "works": standing(request.user).has(*WORKERS)}
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response

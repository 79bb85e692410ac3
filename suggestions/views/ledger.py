from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.export import FORMATS, export_response
from mechanisms.models import Mechanism
from suggestions.policy.writing import kinds_for
from suggestions.views.ledger_page import SuggestionLedger, SuggestionPage, listed
from suggestions.views.ledger_sheet import sheet_of


@require_GET
@login_required
def ledger(request: SignedInRequest) -> HttpResponse:
    """The page, its list alone for htmx, or the file that `export` asks for."""
    today = timezone.localdate()
    page = SuggestionPage(request, SuggestionLedger, listed(request.user, today))
    if request.GET.get("export") in FORMATS:
        return export_response(request.user, sheet_of(page), request.GET["export"])
    partial = request.htmx and not request.htmx.history_restore_request
    template = "suggestions/_list.html" if partial else "suggestions/list.html"
    context = {"ledger": page, "may_write": _may_write(request, today)}
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _may_write(request: SignedInRequest, on: date) -> bool:
    mechanisms = visible_to(request.user, Mechanism).select_related("jurisdiction")
    first = mechanisms.order_by("pk").first()
    return first is not None and bool(kinds_for(request.user, first.jurisdiction, on))

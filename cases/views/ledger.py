"""The ledger of disputes."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from foundations.access.requests import SignedInRequest


@require_GET
@login_required
def ledger(request: SignedInRequest) -> HttpResponse:
    return render(request, "cases/list.html")

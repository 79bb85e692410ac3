"""The page of one dispute."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from cases.models import Dispute
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest


@require_GET
@login_required
def detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    dispute = get_object_or_404(visible_to(request.user, Dispute), public_id=public_id)
    return render(request, "cases/detail.html", {"dispute": dispute})

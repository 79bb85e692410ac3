"""The portal's addresses, one that does nothing behind the same middleware, and the ledger
of disputes as it would be if everybody saw all of them."""

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path

from cases.ledger import DisputeLedger, DisputePage
from cases.models import Dispute
from foundations.access.requests import SignedInRequest
from liaison_portal.urls import urlpatterns as portal


@login_required
def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!doctype html><title>bare</title>")


class UnscopedPage(DisputePage):
    """Reads the disputes themselves, never what a reader may see of them."""

    def quick(self, query: QueryDict) -> Q | None:
        return None


@login_required
def unscoped(request: SignedInRequest) -> HttpResponse:
    page = UnscopedPage(request, DisputeLedger, Dispute.objects.for_listing())
    return render(request, "cases/list.html", {"ledger": page, "works": True})


urlpatterns = [path("bare/", bare), path("unscoped/", unscoped), *portal]

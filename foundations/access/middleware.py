from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from foundations.access.errors import RuleBroken
from foundations.access.requests import PortalRequest


class RuleBrokenMiddleware:
    """A broken rule becomes a page with status 409 and the rule's own words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: PortalRequest, exception: Exception
    ) -> HttpResponse | None:
        if not isinstance(exception, RuleBroken):
            return None
        template = "errors/_broken.html" if request.htmx else "errors/409.html"
        context = {
            "code": exception.code,
            "message": exception.message,
            "back": _page_before(request),
        }
        return render(request, template, context, status=409)


def _page_before(request: HttpRequest) -> str:
    """Where the reader came from, if that was a page of ours; else the first page."""
    address = request.META.get("HTTP_REFERER", "")
    ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if ours else "/"

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ipware import get_client_ip

from foundations.audit.origin import Origin, reset_origin, set_origin


class OriginMiddleware:
    """Keeps the caller's address for the audit entries of this request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address, _ = get_client_ip(request, proxy_count=settings.AXES_IPWARE_PROXY_COUNT or None)
        token = set_origin(Origin(address=address or ""))
        try:
            return self.get_response(request)
        finally:
            reset_origin(token)

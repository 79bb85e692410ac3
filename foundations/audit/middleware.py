from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from foundations.audit.origin import Origin, caller_of, reset_origin, set_origin


class OriginMiddleware:
    """Keeps the caller's address for the audit entries of this request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = set_origin(Origin(address=caller_of(request)))
        try:
            return self.get_response(request)
        finally:
            reset_origin(token)

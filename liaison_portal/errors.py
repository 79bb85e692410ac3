"""Error pages: no session, no database, a reference number that the log has too."""

import logging
import secrets
import sys

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

log = logging.getLogger(__name__)
RETRY_AFTER_SECONDS = "30"


def error_page(request: HttpRequest, status: int) -> HttpResponse:
    """The page of `status`; the reference stands in the log beside the address."""
    reference = secrets.token_hex(4)
    log.warning("status=%s reference=%s path=%s", status, reference, request.path)
    page = render_to_string(f"errors/{status}.html", {"status": status, "reference": reference})
    return HttpResponse(page, status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    log.warning("csrf: %s", reason)
    return error_page(request, 403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 while the database is away, which passes; 500 for what is our fault."""
    if not isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return error_page(request, 500)
    page = error_page(request, 503)
    page["Retry-After"] = RETRY_AFTER_SECONDS
    return page

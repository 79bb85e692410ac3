"""Every refusal of the API as problem details (RFC 9457), with a stable code."""

from http import HTTPStatus

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler as rest_framework_handler
from rest_framework.views import set_rollback

from foundations.access.errors import RuleBroken

MEDIA_TYPE = "application/problem+json"


def exception_handler(exc: Exception, context: dict) -> Response | None:
    """The problem behind `exc`; None for what is a fault of ours and ends in a 500."""
    problem = _problem(exc)
    if problem is not None:
        set_rollback()
        return Response(problem, status=problem["status"], content_type=MEDIA_TYPE)
    response = rest_framework_handler(exc, context)
    if response is not None:
        response.data = _details(
            response.status_code,
            getattr(exc, "default_code", "error"),
            str(getattr(exc, "detail", exc)),
        )
        response.content_type = MEDIA_TYPE
    return response


def _problem(exc: Exception) -> dict | None:
    if isinstance(exc, RuleBroken):
        errors = {exc.field: [exc.message]} if exc.field else {}
        return _details(409, exc.code, exc.message, errors)
    if isinstance(exc, PermissionDenied | exceptions.PermissionDenied):
        return _details(403, "forbidden", _("You may not do this."))
    if isinstance(exc, Http404 | exceptions.NotFound):
        return _details(404, "not_found", _("There is no such record, or it is not open to you."))
    if isinstance(exc, ValidationError | exceptions.ValidationError):
        return _details(400, "invalid", _("Nothing was saved. See the fields."), _fields(exc))
    return None


def _details(status: int, code: str, detail: str, errors: dict | None = None) -> dict:
    """`errors` has a list of messages for each field, "" for the whole."""
    problem = {
        "type": f"urn:liaison-portal:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
    }
    return problem | ({"errors": errors} if errors else {})


def _fields(exc: ValidationError | exceptions.ValidationError) -> dict:
    if isinstance(exc, ValidationError):
        return exc.message_dict if hasattr(exc, "error_dict") else {"": exc.messages}
    if not isinstance(exc.detail, dict):
        return {"": [str(message) for message in exc.detail]}
    return {
        name: [str(message) for message in (found if isinstance(found, list) else [found])]
        for name, found in exc.detail.items()
    }

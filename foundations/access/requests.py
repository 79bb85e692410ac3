"""What a request is by the time it comes to a view of ours."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from foundations.audit.actor import User


class PortalRequest(HttpRequest):
    """`htmx` is true when only a part of the page is asked for."""

    htmx: HtmxDetails


class SignedInRequest(PortalRequest):
    """Behind `login_required`."""

    user: User

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from foundations.access.requests import PortalRequest
from members.models import User
from members.sessions import must_change_password, why_ended

# Reachable before the password is changed: to change it, and to leave.
OPEN_TO_ALL = ("members:password", "members:sign-out")


class AccountMiddleware:
    """Ends sessions that may not go on, sends an account to its overdue change of
    password, and keeps signed-in pages out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        response = self._stop(request, request.user) or self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    def _stop(self, request: PortalRequest, user: User) -> HttpResponse | None:
        now = timezone.now()
        reason = why_ended(user, request.session.session_key, timezone.localdate(now))
        if reason:
            logout(request)
            messages.warning(request, reason)
            return _send(request, reverse("members:sign-in"))
        if must_change_password(user, now) and not self._is_open(request.path):
            return _send(request, reverse("members:password"))
        return None

    @staticmethod
    def _is_open(path: str) -> bool:
        return path in {reverse(name) for name in OPEN_TO_ALL}


def _send(request: PortalRequest, address: str) -> HttpResponse:
    """A redirect that htmx follows with the whole page, not with a fragment of it."""
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from django.utils import timezone

from members.models import User
from members.names import clean_username
from members.sessions import may_enter


class AccountBackend(ModelBackend):
    """Signs in with account and password; an account that expired or has no role today
    is refused like a wrong password, so that the answer tells nothing."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        name = clean_username(username) if username else username
        user = super().authenticate(request, username=name, password=password, **kwargs)
        return user if user and may_enter(user, timezone.localdate()) else None

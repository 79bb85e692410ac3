"""The rows behind a figure that a room below has kept as it was asked."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from dashboards.policy import judged_for
from members.models import Organization, User


def address(user: User, key: str, asked: Mapping[str, Any], unit: Organization) -> str:
    """The list of the same filter; empty where the reader opens no figures of the institution."""
    if not judged_for(user).filter(key=key).exists():
        return ""
    page = reverse("dashboards:figure-rows", args=[key, asked["indicator"], asked["variant"]])
    days = {"since": asked["first_on"], "until": asked["last_on"]}
    return f"{page}?{urlencode({**days, 'unit': unit.public_id})}"

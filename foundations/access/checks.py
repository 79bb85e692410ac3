"""What `manage.py check --deploy` asks of the keys."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import Error, Tags, register

SHORTEST = 32


@register(Tags.security, deploy=True)
def check_field_keys(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[Error]:
    """Personal data must not stand under a missing, short or shared key."""
    keys = settings.FIELD_KEYS
    if not keys or any(len(key) < SHORTEST for key in keys):
        return [
            Error(
                f"FIELD_KEYS must hold keys of at least {SHORTEST} characters.",
                hint="Put a new random key first; keep the old ones until rotate_field_keys ran.",
                id="access.E001",
            )
        ]
    if settings.SECRET_KEY in keys:
        return [Error("FIELD_KEYS must not contain SECRET_KEY.", id="access.E002")]
    return []

"""Text that the database keeps encrypted; the keys stand outside it."""

import base64
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression

from foundations.access.keys import is_under_newest, seal, unseal

MARK = "g1:"


def encrypt(text: str) -> str:
    """`text` under the newest key, as ASCII; the empty string stays empty."""
    if not text:
        return ""
    return MARK + base64.urlsafe_b64encode(seal(text.encode())).decode()


def decrypt(stored: str) -> str:
    """The text behind `stored`, under any of the keys; ValueError under none of them."""
    return unseal(_raw(stored)).decode() if stored else ""


def needs_newest_key(stored: str) -> bool:
    """Is `stored` under an older key than the one that writes now?"""
    return bool(stored) and not is_under_newest(_raw(stored))


def _raw(stored: str) -> bytes:
    return base64.urlsafe_b64decode(stored.removeprefix(MARK))


class EncryptedTextField(models.TextField):
    """Reads and writes plain text; cannot be searched, by design."""

    def from_db_value(
        self, value: str | None, expression: Expression, connection: BaseDatabaseWrapper
    ) -> str | None:
        return value if value is None else decrypt(value)

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return value if value is None else encrypt(value)

"""Text that the database keeps encrypted (AES-256-GCM); the keys stand outside it."""

import base64
import hashlib
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression

MARK = "g1:"


def _cipher(key: str) -> AESGCM:
    return AESGCM(hashlib.sha256(key.encode()).digest())


def encrypt(text: str) -> str:
    """`text` under the newest key, as ASCII; the empty string stays empty."""
    if not text:
        return ""
    nonce = os.urandom(12)
    sealed = _cipher(settings.FIELD_KEYS[0]).encrypt(nonce, text.encode(), None)
    return MARK + base64.urlsafe_b64encode(nonce + sealed).decode()


def decrypt(stored: str) -> str:
    """The text behind `stored`, under any of the keys; ValueError under none of them."""
    if not stored:
        return ""
    for key in settings.FIELD_KEYS:
        text = _opened(stored, key)
        if text is not None:
            return text
    raise ValueError("No field key opens this value.")


def needs_newest_key(stored: str) -> bool:
    """Is `stored` under an older key than the one that writes now?"""
    return bool(stored) and _opened(stored, settings.FIELD_KEYS[0]) is None


def _opened(stored: str, key: str) -> str | None:
    raw = base64.urlsafe_b64decode(stored.removeprefix(MARK))
    try:
        return _cipher(key).decrypt(raw[:12], raw[12:], None).decode()
    except InvalidTag:
        return None


class EncryptedTextField(models.TextField):
    """Reads and writes plain text; cannot be searched, by design."""

    def from_db_value(
        self, value: str | None, expression: Expression, connection: BaseDatabaseWrapper
    ) -> str | None:
        return value if value is None else decrypt(value)

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return value if value is None else encrypt(value)

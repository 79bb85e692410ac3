"""The field keys (AES-256-GCM): the first of them seals, what is sealed opens under any."""

import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12
TAG = 16


def seal(plain: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + _cipher(settings.FIELD_KEYS[0]).encrypt(nonce, plain, None)


def unseal(sealed: bytes) -> bytes:
    """What is in `sealed`; ValueError when none of the keys opens it."""
    for key in settings.FIELD_KEYS:
        plain = _under(key, sealed)
        if plain is not None:
            return plain
    raise ValueError("No field key opens this value.")


def is_under_newest(sealed: bytes) -> bool:
    return _under(settings.FIELD_KEYS[0], sealed) is not None


def _under(key: str, sealed: bytes) -> bytes | None:
    try:
        return _cipher(key).decrypt(sealed[:NONCE], sealed[NONCE:], None)
    except InvalidTag:
        return None


def _cipher(key: str) -> AESGCM:
    return AESGCM(hashlib.sha256(key.encode()).digest())

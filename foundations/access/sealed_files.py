"""Files that the disk keeps encrypted (AES-256-GCM), read and written in pieces.

A sealed file begins with a mark and with a key of its own, which stands under the newest
field key. Its pieces follow, each bound to its place and to being the last or not: none
can be changed, moved or cut off unseen.
"""

import io
import os
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from foundations.access.keys import NONCE, TAG, is_under_newest, seal, unseal

MARK = b"portal-sealed-1\n"
PIECE = 64 * 1024
KEY = 32
HEAD = len(MARK) + NONCE + KEY + TAG


def sealed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The sealed file of what `pieces` hold: each of PIECE bytes, the last of fewer."""
    key = AESGCM.generate_key(bit_length=KEY * 8)
    yield MARK + seal(key)
    cipher, place, held = AESGCM(key), 0, b""
    for place, piece in enumerate(pieces):
        if place:
            yield cipher.encrypt(_nonce(place - 1, last=False), held, None)
        held = piece
    yield cipher.encrypt(_nonce(place, last=True), held, None)


def is_sealed(stored: BinaryIO) -> bool:
    """Files from before the portal sealed them lie there as they were given."""
    stored.seek(0)
    return stored.read(len(MARK)) == MARK


def is_sealed_under_newest(stored: BinaryIO) -> bool:
    return is_sealed(stored) and is_under_newest(stored.read(HEAD - len(MARK)))


def plain_size(stored: BinaryIO) -> int:
    """How many bytes the sealed file holds."""
    body = stored.seek(0, os.SEEK_END) - HEAD
    return body - TAG * -(-body // (PIECE + TAG))


class Unsealed(io.RawIOBase):
    """The plain bytes of a sealed file, from any place in it.

    Raises ValueError when no field key opens the file, OSError when it was changed on
    the disk. It has no `fileno`, so no server can hand out the sealed bytes in its place.
    """

    def __init__(self, stored: BinaryIO) -> None:
        self._stored = stored
        self._size = plain_size(stored)
        stored.seek(len(MARK))
        self._cipher = AESGCM(unseal(stored.read(HEAD - len(MARK))))
        self._at = 0
        self._held: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        self._at = max(start + offset, 0)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:
        if self._at >= self._size:
            return 0
        place, skipped = divmod(self._at, PIECE)
        read = self._piece(place)[skipped : skipped + len(buffer)]
        buffer[: len(read)] = read
        self._at += len(read)
        return len(read)

    def close(self) -> None:
        self._stored.close()
        super().close()

    def _piece(self, place: int) -> bytes:
        if self._held[0] != place:
            self._stored.seek(HEAD + place * (PIECE + TAG))
            nonce = _nonce(place, last=(place + 1) * PIECE >= self._size)
            try:
                piece = self._cipher.decrypt(nonce, self._stored.read(PIECE + TAG), None)
            except InvalidTag as error:
                raise OSError("The stored file was changed.") from error
            self._held = (place, piece)
        return self._held[1]


def _nonce(place: int, *, last: bool) -> bytes:
    return place.to_bytes(NONCE - 1, "big") + bytes([last])

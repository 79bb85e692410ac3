"""Where uploads and papers lie: under `MEDIA_ROOT`, sealed with the field keys."""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

from foundations.access.sealed_files import (
    PIECE,
    Unsealed,
    is_sealed,
    is_sealed_under_newest,
    plain_size,
    sealed,
)


class _Sealing(File):
    """What is given, in the pieces that the disk keeps."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        return sealed(super().chunks(PIECE))


class SealedFileStorage(FileSystemStorage):
    """Seals what is saved and opens what is read; size and content are the plain ones.

    What lies there in clear from before is read as it is, until `reseal`.
    """

    def _save(self, name: str, content: File) -> str:
        saved: str = super()._save(name, _Sealing(content))  # type: ignore[misc] # not in its stub
        return saved

    def _open(self, name: str, mode: str = "rb") -> File:
        if mode != "rb":
            raise ValueError("Stored files are only read; `save` writes them.")
        stored: BinaryIO = super()._open(name, mode).file  # type: ignore[misc] # not in its stub
        if is_sealed(stored):
            return File(io.BufferedReader(Unsealed(stored), PIECE), name)
        stored.seek(0)
        return File(stored, name)

    def size(self, name: str) -> int:
        with open(self.path(name), "rb") as stored:
            return plain_size(stored) if is_sealed(stored) else super().size(name)

    def behind_newest_key(self) -> Iterator[str]:
        """The files that lie in clear or under an older key."""
        for path in sorted(Path(self.location).rglob("*")):
            if path.is_file():
                with open(path, "rb") as stored:
                    if not is_sealed_under_newest(stored):
                        yield path.relative_to(self.location).as_posix()

    def reseal(self, name: str) -> None:
        """Keep the file under the newest key; readers see the old one or the new one."""
        with self.open(name) as plain:
            fresh = self.save(f"{name}.new", plain)
        os.replace(self.path(fresh), self.path(name))

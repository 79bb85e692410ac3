"""Stored files that no row names: left by rolled-back uploads, slower workers, previews."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.storage import default_storage

from services.documents.models import Attachment, DocumentFile

AGE = timedelta(days=1)
FOLDERS = ("attachments", "documents", "previews")


def sweep_orphans(*, at: datetime, dry_run: bool = False) -> list[str]:
    """Delete the orphans that are older than a day; returns their names."""
    kept = set(Attachment.objects.values_list("file", flat=True))
    kept |= set(DocumentFile.objects.values_list("file", flat=True))
    gone = [
        name
        for folder in FOLDERS
        for name in _stored_under(folder)
        if name not in kept and default_storage.get_modified_time(name) < at - AGE
    ]
    for name in gone if not dry_run else ():
        default_storage.delete(name)
    return gone


def _stored_under(folder: str) -> Iterator[str]:
    if not default_storage.exists(folder):
        return
    folders, files = default_storage.listdir(folder)
    for name in files:
        yield f"{folder}/{name}"
    for name in folders:
        yield from _stored_under(f"{folder}/{name}")

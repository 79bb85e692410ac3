"""Moving columns and files to the newest field key, in batches that may be interrupted."""

from django.apps import apps
from django.core.files.storage import storages
from django.db.models import Field, TextField
from django.db.models.functions import Cast

from foundations.access.fields import EncryptedTextField, decrypt, needs_newest_key
from foundations.access.storage import SealedFileStorage
from foundations.audit.trail import action, record

BATCH = 200


def encrypted_fields() -> list[Field]:
    return [
        field
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedTextField)
    ]


def rotate(field: Field, *, dry_run: bool = False) -> int:
    """Write every value of `field` under the newest key; returns how many were not."""
    last, count = 0, 0
    while batch := _stored(field, last):
        last = batch[-1][0]
        old = [pk for pk, stored in batch if needs_newest_key(stored)]
        count += len(old)
        if old and not dry_run:
            _rewrite(field, old)
    return count


@action
def _rewrite(field: Field, keys: list[int]) -> None:
    """The rows are locked and read anew, so that nothing written meanwhile is lost."""
    rows = field.model._base_manager.filter(pk__in=keys)
    for pk, stored in rows.select_for_update().values_list("pk", _raw(field)):
        rows.filter(pk=pk).update(**{field.attname: decrypt(stored)})
    record(None, "access.field_key.rotated", None, column=str(field), rows=len(keys))


@action
def rotate_files(*, dry_run: bool = False) -> int:
    """Write every stored file under the newest key, also what lies there in clear; returns
    how many were not."""
    storage = storages["default"]
    if not isinstance(storage, SealedFileStorage):
        return 0
    behind = list(storage.behind_newest_key())
    for name in () if dry_run else behind:
        storage.reseal(name)
    if behind and not dry_run:
        record(None, "access.field_key.files_rotated", None, files=len(behind))
    return len(behind)


def _stored(field: Field, after: int) -> list[tuple[int, str]]:
    rows = field.model._base_manager.filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", _raw(field))[:BATCH])


def _raw(field: Field) -> Cast:
    """The column as it is stored; the field itself would decrypt it."""
    return Cast(field.attname, TextField())

"""Mappings of columns that were kept: corrected, given another name, or removed."""

from django.utils.translation import gettext as _

from cases.imports.mapping import Columns
from cases.models import ImportMapping
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record


@action
def change_mapping(
    mapping_id: int,
    *,
    actor: Actor,
    name: str,
    columns: Columns,
    version: int | None = None,
) -> ImportMapping:
    """For files that are still to come; those uploaded already keep their columns.

    Raises PermissionDenied; RuleBroken "stale", "same_name" (field name), "empty" (field
    name).
    """
    row = _locked(mapping_id, actor)
    row.require_version(version)
    others = ImportMapping.objects.filter(jurisdiction=row.jurisdiction_id, name=name.strip())
    if others.exclude(pk=row.pk).exists():
        message = _("Another mapping has this name already. Choose another name.")
        raise RuleBroken("same_name", message, "name")
    if not columns.columns:
        message = _("A mapping without a column reads nothing. Remove it instead.")
        raise RuleBroken("empty", message, "name")
    row.name = name.strip()
    row.columns = dict(columns.columns)
    row.values = {key: dict(words) for key, words in columns.values.items()}
    row.constants = dict(columns.constants)
    row.store()
    record(actor, "cases.mapping.changed", row, columns=len(row.columns))
    return row


@action
def remove_mapping(mapping_id: int, *, actor: Actor) -> None:
    """Of the uploaded files, which have columns of their own, nothing changes.

    Raises PermissionDenied.
    """
    row = _locked(mapping_id, actor)
    record(actor, "cases.mapping.removed", row, name=row.name, columns=row.columns)
    row.delete()


def _locked(mapping_id: int, actor: Actor) -> ImportMapping:
    rows = ImportMapping.objects.select_for_update(of=("self",)).select_related("jurisdiction")
    row: ImportMapping = rows.get(pk=mapping_id)
    policy_for(ImportMapping).require(actor, "edit", row)
    return row

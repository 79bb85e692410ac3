"""Files are kept with a matter of any kind, by who keeps it."""

from collections.abc import Collection
from datetime import datetime
from typing import TypeVar

from django.core.files.uploadedfile import UploadedFile

from foundations.access.visibility import Visibility
from foundations.audit.actor import Actor
from foundations.audit.trail import action
from problems.actions.steps import required
from problems.models import Matter
from services.documents.attachments import attach_all

M = TypeVar("M", bound=Matter)


@action
def keep_files(
    model: type[M],
    row_id: int,
    *,
    actor: Actor,
    at: datetime,
    files: Collection[UploadedFile],
    declared: bool,
) -> M:
    """Raises PermissionDenied, and what a file may be refused for (field file, declared)."""
    row = required(model, row_id, actor, "attach")
    attach_all(
        row,
        files,
        actor=actor,
        at=at,
        jurisdiction=row.jurisdiction,
        declared=declared,
        visibility=Visibility.JOINT,
        organization=row.organization,
    )
    return row

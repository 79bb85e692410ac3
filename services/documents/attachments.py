"""Files that people give to a record: checked, declared, stored before the row commits."""

import hashlib
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.access.rows import Record
from foundations.access.secrets_marks import refuse_marks
from foundations.access.visibility import Visibility
from foundations.audit.actor import Actor
from foundations.audit.trail import action, label_of, record, record_reading, words_of
from members.models import Jurisdiction, Organization
from services.documents.models import Attachment
from services.documents.uploads import Upload, examine


@action
def attach(
    subject: Record,
    upload: UploadedFile,
    *,
    actor: Actor,
    at: datetime,
    jurisdiction: Jurisdiction,
    declared: bool,
    visibility: str = Visibility.MEETING,
    confidential: bool = False,
    organization: Organization | None = None,
) -> Attachment:
    """Keep `upload` (a Django UploadedFile) with `subject`; the caller asked its policy.

    Raises RuleBroken beside field "declared" or "file": not_declared, too_large,
    empty_file, wrong_type, disguised, infected, scanner_unavailable, macros, encrypted,
    broken, state_secret.
    """
    passed = _passed(upload, declared=declared)
    attachment = _stored(
        passed,
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        jurisdiction=jurisdiction,
        visibility=visibility,
        confidential=confidential,
        organization=organization,
        uploaded_by=actor,
        at=at,
    )
    facts = {"digest": attachment.digest, "size": attachment.size, "declared": declared}
    record(actor, "documents.attachment.add", attachment, about=label_of(subject), **facts)
    return attachment


def attach_all(subject: Record, uploads: Collection[UploadedFile], **given: Any) -> None:
    """Keep each of the files as `attach` does; among several, a refusal names its file."""
    for upload in uploads:
        try:
            attach(subject, upload, **given)
        except RuleBroken as broken:
            if len(uploads) == 1 or broken.field != "file":
                raise
            message = _("“%(file)s”: %(message)s")
            names = {"file": upload.name, "message": broken.message}
            raise RuleBroken(broken.code, message % names, broken.field) from broken


def _stored(passed: Upload, **given: Any) -> Attachment:
    """The row with its file. A rolled-back row leaves a file that `sweep_files` takes
    away; the other order could leave a row without its file."""
    attachment = Attachment(
        name=passed.name,
        media_type=passed.media_type,
        digest=hashlib.sha256(passed.content).hexdigest(),
        size=len(passed.content),
        **given,
    )
    attachment.file.save(attachment.name, ContentFile(passed.content), save=False)
    attachment.store()
    return attachment


def _passed(upload: UploadedFile, *, declared: bool) -> Upload:
    if not declared:
        raise RuleBroken(
            "not_declared", _("Confirm that the file holds no state secret."), "declared"
        )
    if upload.size > settings.UPLOAD_MAX_MB * 1024 * 1024:
        raise RuleBroken(
            "too_large",
            _("This file has %(size)d MB; at most %(limit)d MB are taken.")
            % {"size": -(-upload.size // (1024 * 1024)), "limit": settings.UPLOAD_MAX_MB},
            "file",
        )
    name = upload.name.replace("\\", "/").rpartition("/")[2]
    refuse_marks(name)
    passed = examine(name, upload.read())
    refuse_marks(passed.name, passed.text)
    return passed


@action
def open_attachment(attachment_id: int, *, actor: Actor) -> Attachment:
    """The attachment for reading; the reading of a confidential one, or of one with a
    confidential subject, is recorded."""
    attachment = Attachment.objects.get(pk=attachment_id)
    policy_for(Attachment).require(actor, "open", attachment)
    if attachment.audit_closed:
        record_reading(actor, attachment)
    return attachment


@action
def remove(attachment_id: int, *, actor: Actor, at: datetime, reason: str) -> Attachment:
    """Take an attachment away from its record; the file stays kept, nobody is shown it."""
    attachment = Attachment.objects.select_for_update().get(pk=attachment_id)
    policy_for(Attachment).require(actor, "remove", attachment)
    if attachment.removed_at:
        raise RuleBroken("removed", _("This file was removed before."))
    attachment.removed_at, attachment.removed_reason = at, reason
    attachment.store()
    words = words_of(attachment, reason=reason)
    record(actor, "documents.attachment.remove", attachment, **words)
    return attachment


def attachments_of(subject: Record) -> QuerySet[Attachment]:
    """The attachments of a record that stand, oldest first."""
    return Attachment.objects.filter(
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        removed_at__isnull=True,
    ).order_by("pk")

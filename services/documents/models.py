import json
from typing import Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Model, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundations.access.fields import EncryptedTextField
from foundations.access.rows import Record, new_public_id
from foundations.access.visibility import Visibility
from members.models import Jurisdiction, Organization
from services.documents.kinds import KIND_LABELS
from services.documents.states import DOCUMENT_MOVES, DocumentState


class NumberSeries(models.Model):
    """文号序列. `portal` numbers are given here, gapless within a year; `external` ones
    come from the unit's own office system: unique, their form checked, gaps allowed.

    `pattern` has {year} and {n}: 示司函〔{year}〕{n}号.
    """

    class Mode(models.TextChoices):
        PORTAL = "portal", _("Given by the portal")
        EXTERNAL = "external", _("Typed back from the unit's own system")

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT)
    key = models.SlugField(max_length=60)
    name = models.CharField(_("name"), max_length=80)
    pattern = models.CharField(_("pattern"), max_length=80)
    mode = models.CharField(max_length=8, choices=Mode, default=Mode.PORTAL)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "key"], name="documents_series_key")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key


class NumberCounter(models.Model):
    """The last number given in a year; locked after the subject and before the audit."""

    series = models.ForeignKey(NumberSeries, on_delete=models.PROTECT)
    year = models.PositiveSmallIntegerField()
    value = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="documents_counter_year")
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.year} {self.value}"


class DocumentQuerySet(models.QuerySet):
    def for_listing(self) -> Self:
        return self.select_related("organization", "jurisdiction").order_by("-pk")

    def about(self, subject: Model) -> Self:
        """The documents of a subject, newest first."""
        return self.filter(
            subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk
        ).order_by("-pk")


PILLS: dict[str, tuple[str, str]] = {
    DocumentState.DRAFT: ("draft", "pencil"),
    DocumentState.ISSUING: ("open", "hourglass-split"),
    DocumentState.ISSUED: ("done", "check-circle"),
    DocumentState.VOIDED: ("void", "slash-circle"),
    DocumentState.REPLACED: ("void", "arrow-left-right"),
}


class OfficialDocument(Record):
    """公文: `context` is all that its template needs, frozen when it is issued.

    Issuing takes the number and the state `issuing` in one transaction; a task renders
    the frozen context, stores the files with their digests and sets `issued`. A
    correction is a new document that replaces this one.

    A paper that names people in full keeps its context as JSON in `sealed`, encrypted.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="documents"
    )
    kind = models.CharField(max_length=40)
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    title = models.CharField(_("title"), max_length=200)
    context = models.JSONField(default=dict)
    sealed = EncryptedTextField(blank=True, default="", editable=False)
    visibility = models.CharField(max_length=16, choices=Visibility, default=Visibility.JOINT)
    internal = models.BooleanField(default=False)
    mark = models.CharField(_("mark"), max_length=20, blank=True)
    series = models.ForeignKey(NumberSeries, null=True, blank=True, on_delete=models.PROTECT)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    sequence = models.PositiveIntegerField(null=True, blank=True)
    number = models.CharField(_("document number"), max_length=80, blank=True)
    state = models.CharField(
        max_length=10, choices=DocumentState, default=DocumentState.DRAFT, editable=False
    )
    issued_on = models.DateField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    voided_reason = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["series", "number"],
                condition=~Q(number=""),
                name="documents_number",
            ),
            models.UniqueConstraint(
                fields=["series", "year", "sequence"], name="documents_sequence"
            ),
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="documents_subject"),
            models.Index(fields=["id"], name="documents_issuing", condition=Q(state="issuing")),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key

    def get_absolute_url(self) -> str:
        return reverse("documents:detail", args=[self.public_id])

    @property
    def state_pill(self) -> tuple[str, str, str]:
        """Kind, icon and words of its pill."""
        kind, icon = PILLS[self.state]
        return kind, icon, self.get_state_display()

    @property
    def is_done(self) -> bool:
        return self.state != DocumentState.ISSUING

    @property
    def is_draft(self) -> bool:
        return self.state == DocumentState.DRAFT

    @property
    def can_be_void(self) -> bool:
        return DocumentState.VOIDED in DOCUMENT_MOVES[DocumentState(self.state)]

    @property
    def content(self) -> dict:
        """All that its template needs, whichever way it is kept."""
        opened: dict = json.loads(self.sealed) if self.sealed else {}
        return {**opened, **self.context}

    @property
    def kind_label(self) -> str:
        return str(KIND_LABELS.get(self.kind, self.kind))


def document_path(file: "DocumentFile", name: str) -> str:
    return f"documents/{file.document.public_id}/{name}"


class DocumentFile(models.Model):
    """A rendered file of a document, frozen: its SHA-256 is kept beside it.

    `fallback` is the report on fonts: the characters that the body's own face lacks and
    that were set in another one.
    """

    document = models.ForeignKey(OfficialDocument, on_delete=models.PROTECT, related_name="files")
    format = models.CharField(max_length=4, choices=[("pdf", "PDF"), ("docx", "Word")])
    file = models.FileField(upload_to=document_path)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField(default=0)
    fallback = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "format"], name="documents_file_format")
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.format}"


def attachment_path(attachment: "Attachment", name: str) -> str:
    return f"attachments/{new_public_id()}/{attachment.public_id}"


class Attachment(Record):
    """附件: a file that a person gave to a record, declared to hold no state secret (G8)."""

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT)
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    name = models.CharField(_("file name"), max_length=200)
    file = models.FileField(upload_to=attachment_path)
    media_type = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    visibility = models.CharField(max_length=16, choices=Visibility, default=Visibility.MEETING)
    confidential = models.BooleanField(_("confidential"), default=False)
    organization = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.PROTECT)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="attachments_subject")]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_closed(self) -> bool:
        """What is said of a confidential file is not for the readers of the trail (G3)."""
        return self.confidential or getattr(self.subject, "confidential", False)

    @property
    def audit_label(self) -> str:
        return f"保密材料 {self.public_id}" if self.audit_closed else self.name

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key

    def get_absolute_url(self) -> str:
        return reverse("documents:attachment", args=[self.public_id])

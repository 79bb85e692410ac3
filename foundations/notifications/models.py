from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import new_public_id
from foundations.audit.trail import label_of


class Notice(models.Model):
    """通知: one person told once about one record for one reason.

    The constraint keeps the promise however often `notify_once` runs. The address is
    `subject.get_absolute_url()`, shown only while the policy lets the reader see it.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices"
    )
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    reason = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "subject_type", "subject_id", "reason"],
                name="notifications_once",
            )
        ]
        indexes = [models.Index(fields=["recipient", "-at"], name="notifications_recipient")]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_label(self) -> str:
        """The record that it tells of; the title may say more than the trail is to know."""
        return label_of(self.subject)

    @property
    def audit_chain(self) -> str:
        return self.recipient.audit_chain

    @property
    def mail(self) -> "Delivery | None":
        """None for an account that had no address."""
        return getattr(self, "delivery", None)


class Delivery(models.Model):
    """The mail of a notice: at least once, always under the same Message-ID.

    A worker that takes a row counts an attempt and sets `due_at` ahead; a row whose
    worker died is due again then.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")

    notice = models.OneToOneField(Notice, on_delete=models.CASCADE, related_name="delivery")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    message_id = models.CharField(max_length=120, unique=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                name="notifications_waiting",
                condition=models.Q(state="waiting"),
            )
        ]

    def __str__(self) -> str:
        return self.message_id

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import Record, new_public_id
from foundations.audit.trail import label_of


class Notice(models.Model):
    """通知: one person told once about one record for one reason.

    The constraint keeps the promise however often `notify_once` runs. The address is
    `subject.get_absolute_url()`, shown with title and text only while the policy lets the
    reader see it; otherwise `neutral_title` has what may be said.
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
    neutral_title = models.CharField(max_length=200, blank=True)
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


class Channel(models.TextChoices):
    MAIL = "mail", _("Mail")
    MESSENGER = "messenger", _("Office messenger")


class Delivery(models.Model):
    """What carries a notice out of the portal: at least once, always under the same id.

    A worker that takes a row counts an attempt and sets `due_at` ahead; a row whose
    worker died is due again then. `message_id` is the Message-ID of a mail, the `id` of
    what is posted to a messenger.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")
        DROPPED = "dropped", _("Not wanted any more")

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=12, choices=Channel, default=Channel.MAIL)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    message_id = models.CharField(max_length=120, unique=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "channel"], name="notifications_one_a_channel"
            )
        ]
        indexes = [
            models.Index(
                fields=["channel", "due_at"],
                name="notifications_waiting",
                condition=Q(state="waiting"),
            )
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.message_id


class Preferences(Record):
    """通知设置: how one person wants to be told. Without a row everything is as it begins here.

    `muted` has the keys of the early stages that the person does not want to hear of.
    `messenger_code` was posted to `messenger_id` and waits to be typed back; until then
    nothing else is posted there. Without it the id is confirmed.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="preferences"
    )
    mail = models.BooleanField(_("mail at once"), default=True)
    digest = models.BooleanField(_("daily digest"), default=True)
    muted = models.JSONField(default=list)
    messenger = models.BooleanField(_("office messenger"), default=False)
    messenger_id = models.CharField(_("your id in the messenger"), max_length=64, blank=True)
    messenger_code = models.CharField(max_length=6, blank=True)
    messenger_tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["messenger_id"],
                condition=~Q(messenger_id="") & Q(messenger_code=""),
                name="notifications_messenger_id",
            ),
            models.CheckConstraint(
                condition=Q(messenger=False) | ~Q(messenger_id=""),
                name="notifications_messenger_has_id",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def audit_chain(self) -> str:
        return self.user.audit_chain

    def get_absolute_url(self) -> str:
        return reverse("notifications:settings")


class Feed(models.Model):
    """日历订阅: the secret address at which one person's calendar is read; its digest only.

    `window_at` and `window_reads` count the readings of the running hour.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="feed"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    window_at = models.DateTimeField(null=True)
    window_reads = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.user)

    @property
    def audit_chain(self) -> str:
        return self.user.audit_chain

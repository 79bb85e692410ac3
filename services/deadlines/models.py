from datetime import date, timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import Record
from mechanisms.models import Provision
from members.models import Jurisdiction, Organization


class DeadlineState(models.TextChoices):
    OPEN = "open", _("Open")
    MET = "met", _("Met")
    MET_LATE = "met_late", _("Met late")
    SUSPENDED = "suspended", _("Suspended")
    CANCELLED = "cancelled", _("Cancelled")


class DeadlineQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(state=DeadlineState.OPEN)

    def overdue(self, *, on: date) -> Self:
        return self.open().filter(due_on__lt=on)

    def due_within(self, days: int, *, on: date) -> Self:
        """Open, not overdue, due on `on` or within `days` days after it."""
        return self.open().filter(due_on__range=(on, on + timedelta(days=days)))

    def about(self, subject: Record) -> Self:
        return self.filter(
            subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk
        )


class Deadline(Record):
    """期限: one time limit of one record, opened, met and cancelled by its actions only.

    `due_on` is the last day on which the duty can be done in time (inclusive).
    """

    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject: Any = GenericForeignKey("subject_type", "subject_id")
    rule = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT)
    owed_by = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="deadlines")
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="deadlines"
    )
    provision = models.ForeignKey(
        Provision, null=True, on_delete=models.PROTECT, related_name="deadlines"
    )
    basis = models.CharField(max_length=200, blank=True)
    trigger_on = models.DateField()
    nominal_on = models.DateField()
    due_on = models.DateField()
    steps = models.JSONField(default=list)
    provisional = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=DeadlineState, default=DeadlineState.OPEN)
    closed_on = models.DateField(null=True)
    objects = DeadlineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "rule", "owed_by"],
                condition=Q(state__in=("open", "suspended")),
                name="deadlines_one_open",
            )
        ]
        indexes = [
            models.Index(fields=["due_on"], name="deadlines_open_due", condition=Q(state="open")),
            models.Index(fields=["subject_type", "subject_id"], name="deadlines_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.due_on}"

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key

    def get_absolute_url(self) -> str:
        return self.subject.get_absolute_url()


class Reminder(models.Model):
    """提醒: a threshold of a deadline that was reached and told, once."""

    deadline = models.ForeignKey(Deadline, on_delete=models.CASCADE, related_name="reminders")
    threshold = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deadline", "threshold"], name="deadlines_remind_once")
        ]

    def __str__(self) -> str:
        return f"{self.deadline} {self.threshold}"

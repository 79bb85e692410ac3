from datetime import date
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import Record
from members.models import Organization
from members.states import Side


class ConsentState(models.TextChoices):
    OPEN = "open", _("Waiting for an answer")
    AGREED = "agreed", _("Agreed")
    AMENDED = "amended", _("Amendment asked")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


PILLS: dict[str, tuple[str, str]] = {
    ConsentState.OPEN: ("wait", "hourglass-split"),
    ConsentState.AGREED: ("done", "check-circle-fill"),
    ConsentState.AMENDED: ("soon", "pencil-square"),
    ConsentState.REFUSED: ("void", "x-circle-fill"),
    ConsentState.WITHDRAWN: ("void", "slash-circle"),
}


class Verdict(models.TextChoices):
    AGREE = "agree", _("Agree")
    AMEND = "amend", _("Ask for an amendment")
    REFUSE = "refuse", _("Refuse")


class ConsentQuerySet(models.QuerySet):
    def about(self, subject: Record) -> Self:
        return self.filter(
            subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk
        )

    def open(self) -> Self:
        return self.filter(state=ConsentState.OPEN)

    def overdue(self, *, on: date) -> Self:
        """Open after the day by which an answer was asked for."""
        return self.open().filter(due_on__lt=on)


class Consent(Record):
    """协商: one text put to the sides; what it is about moves itself when it is settled.

    `text` is what is agreed to, `digest` its SM3, `payload` what the subject needs to
    carry it out. One consent on a matter of a subject is open at a time.
    """

    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject: Any = GenericForeignKey("subject_type", "subject_id")
    matter = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    payload = models.JSONField(default=dict)
    proposed_by = models.CharField(max_length=16, choices=Side)
    proposer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    sides = models.JSONField(default=list)
    at = models.DateTimeField()
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=ConsentState, default=ConsentState.OPEN)
    closed_at = models.DateTimeField(null=True)
    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "matter"],
                condition=Q(state="open"),
                name="consents_one_open",
            )
        ]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_chain(self) -> str:
        return self.subject.audit_chain

    @property
    def waiting_for(self) -> list[str]:
        """The sides that were asked and have not answered, in the order of `sides`."""
        if self.state != ConsentState.OPEN:
            return []
        answered = {one.side for one in self.answers.all()}
        return [side for side in self.sides if side not in answered]

    @property
    def state_pill(self) -> tuple[str, str, str]:
        kind, icon = PILLS[self.state]
        return kind, icon, self.get_state_display()

    def get_absolute_url(self) -> str:
        return self.subject.get_absolute_url()

    def is_overdue(self, on: date) -> bool:
        return self.state == ConsentState.OPEN and self.due_on is not None and self.due_on < on


class ConsentAnswer(models.Model):
    """One side's answer; the proposer's side agrees by proposing."""

    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="answers")
    side = models.CharField(max_length=16, choices=Side)
    organization = models.ForeignKey(Organization, null=True, on_delete=models.PROTECT)
    verdict = models.CharField(max_length=8, choices=Verdict)
    remark = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consent", "side"], name="consents_one_answer")
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_side_display()} {self.get_verdict_display()}"

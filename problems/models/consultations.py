from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models import Organization
from problems.models.matters import Matter, Part
from problems.states import ConsultationState, Verdict

REPLY_LIMIT = "CONSULTATION-REPLY"


class Consultation(Matter):
    """征求意见: the draft of a normative document before the other sides (CX-51).

    `units` are those asked; each has its `Asking` from the day on which it was sent.
    """

    page = "consultation"
    draft = models.TextField(_("draft text"), blank=True)
    explanation = models.TextField(_("why it is drafted"), blank=True)
    reply_by = models.DateField(_("reply by"))
    number = models.CharField(_("document number"), max_length=60, blank=True)
    result = models.TextField(_("result"), blank=True)
    state = models.CharField(
        max_length=10, choices=ConsultationState, default=ConsultationState.DRAFT, editable=False
    )
    asked_on = models.DateField(null=True, editable=False)
    ended_on = models.DateField(null=True, editable=False)

    @property
    def next_due_on(self) -> date | None:
        return self.reply_by if self.state == ConsultationState.ASKED else None

    @property
    def notes(self) -> list[str]:
        return [self.number] if self.number else []


class Asking(Part):
    """A unit that was asked; `remark` says why it has no opinion, where it has none."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="askings"
    )
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    due_on = models.DateField(_("reply by"))
    answered_on = models.DateField(null=True, editable=False)
    remark = models.CharField(_("remark"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "organization"], name="problems_asked_once"
            )
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.organization.short_name

    @property
    def matter(self) -> Matter:
        return self.consultation


class Opinion(Part):
    """One opinion on one clause, and what became of it."""

    asking = models.ForeignKey(Asking, on_delete=models.CASCADE, related_name="opinions")
    clause = models.CharField(_("clause"), max_length=100, blank=True)
    text = models.TextField(_("opinion on the clause"))
    verdict = models.CharField(_("adopted or not"), max_length=8, choices=Verdict, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    decided_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.clause} {self.text[:40]}".strip()

    @property
    def matter(self) -> Matter:
        return self.asking.consultation

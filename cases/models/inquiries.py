from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.about import AboutDispute
from cases.models.disputes import Dispute
from foundations.access.fields import EncryptedTextField
from members.models import Organization


class InquiryKind(models.TextChoices):
    ADVICE = "advice", _("Legal advice, guidance in the suit")
    ORDER = "order", _("Supervision order")


class Inquiry(AboutDispute):
    """咨询和督办 within the government's side: an agency asks the justice bureau for advice
    (WJ-33), the bureau orders a unit to do its part in resolving the dispute (WJ-35).

    Read by the two and by the bureau; who is asked answers.
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="inquiries")
    kind = models.CharField(_("kind"), max_length=8, choices=InquiryKind)
    asked_by = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("from")
    )
    asked_of = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("to")
    )
    text = EncryptedTextField(_("what is asked"))
    asked_on = models.DateField(_("asked on"))
    due_on = models.DateField(_("to be answered by"), null=True, blank=True)
    answer = EncryptedTextField(_("answer"), blank=True, default="")
    answered_on = models.DateField(null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(asked_by=F("asked_of")), name="cases_inquiry_other_unit"
            )
        ]
        ordering = ["asked_on", "pk"]

    def __str__(self) -> str:
        return f"{self.asked_by.short_name} → {self.asked_of.short_name}"

    @property
    def waits(self) -> bool:
        return self.answered_on is None

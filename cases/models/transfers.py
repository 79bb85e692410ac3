from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.about import AboutDispute
from cases.models.disputes import Dispute
from members.models import Organization


class TransferKind(models.TextChoices):
    CASE = "case", _("Case")
    MATERIAL = "material", _("Material")
    CLUE = "clue", _("Clue")


class TransferState(models.TextChoices):
    SENT = "sent", _("Waits for the receipt")
    RECEIVED = "received", _("Received")
    RETURNED = "returned", _("Returned")


class Transfer(AboutDispute):
    """移送: a case, material or a clue goes from one body to another, with receipt (CX-11,
    WJ-83). `items` are what is handed over, one a line."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="transfers")
    kind = models.CharField(_("what is handed over"), max_length=10, choices=TransferKind)
    sender = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("from")
    )
    receiver = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("to")
    )
    items = models.JSONField(_("list"), default=list)
    reason = models.CharField(_("reason"), max_length=300)
    sent_on = models.DateField(_("sent on"))
    due_on = models.DateField(_("to be received by"), null=True, blank=True)
    state = models.CharField(
        max_length=10, choices=TransferState, default=TransferState.SENT, editable=False
    )
    answered_on = models.DateField(null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    remark = models.CharField(_("remark"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(sender=F("receiver")), name="cases_transfer_other_body"
            )
        ]
        ordering = ["-sent_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.sender.short_name} → {self.receiver.short_name}"

    @property
    def waits(self) -> bool:
        return self.state == TransferState.SENT

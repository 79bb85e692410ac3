from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.parties import Participant


class MediationConsent(models.Model):
    """调解意愿: whether a party agrees to mediation, asked when and how (WJ-4)."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="consents")
    agreed = models.BooleanField(_("agrees"))
    on = models.DateField(_("asked on"))
    method = models.CharField(_("how"), max_length=16)
    note = models.CharField(_("remark"), max_length=300, blank=True)

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.participant} {self.on}"

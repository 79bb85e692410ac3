from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import Record
from members.models.people import Person


class Handover(Record):
    """工作交接: the open work of one person given to another on a day."""

    giver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="given")
    taker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="taken")
    on = models.DateField(_("on"))
    reason = models.CharField(_("reason"), max_length=200)
    items = models.JSONField(default=list, editable=False)

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker} {self.on}"

    def get_absolute_url(self) -> str:
        return reverse("members:handover", args=[self.public_id])

    @property
    def audit_chain(self) -> str:
        return self.giver.audit_chain

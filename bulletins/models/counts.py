from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bulletins.models.obligations import Instalment
from foundations.access.rows import Record
from members.models import Organization


class CountNote(Record):
    """What one side says of two counts of one fact: why they differ, or that it agrees.

    It stands at the instalment of the matter that comes first in the text. `digest` is that
    of the two tables as they were: an agreement on other figures counts no more.
    """

    instalment = models.ForeignKey(
        Instalment, on_delete=models.PROTECT, related_name="count_notes"
    )
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    text = models.CharField(_("explanation"), max_length=500, blank=True)
    agrees = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.organization} {self.text[:40]}"

    @property
    def audit_chain(self) -> str:
        return self.instalment.audit_chain

    def get_absolute_url(self) -> str:
        return self.instalment.get_absolute_url()

"""回访: whom the organ asked afterwards, and what it found."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.flow.asks import METHODS
from cases.flow.table import table_of
from cases.models.procedures import Procedure
from cases.states import Kind
from foundations.access.fields import EncryptedTextField
from foundations.access.rows import MadeByForm

NORMAL = "performed"
RESULTS = tuple((mode.key, mode.name) for mode in table_of(Kind.VISIT).modes.values())


class Visit(MadeByForm):
    """One visit or call of a follow-up; an abnormal one names the day of the next.

    Whoever sees the dispute sees the result on the procedure; what was said is for the organ
    that visited and the justice bureau.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="visits")
    on = models.DateField(_("visited on"))
    visitor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    method = models.CharField(_("how"), max_length=10, choices=METHODS)
    person = EncryptedTextField(_("who was visited"))
    result = models.CharField(_("result"), max_length=16, choices=RESULTS)
    said = EncryptedTextField(_("what was said"), blank=True, default="")
    measure = models.CharField(_("what is done now"), max_length=300, blank=True)
    next_on = models.DateField(_("next visit by"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(result=NORMAL, next_on=None)
                | (~Q(result=NORMAL) & Q(next_on__isnull=False)),
                name="cases_visit_again",
            )
        ]
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.get_result_display()}"

    @property
    def audit_chain(self) -> str:
        return self.procedure.audit_chain

    def get_absolute_url(self) -> str:
        return f"{self.procedure.dispute.get_absolute_url()}?tab=settling#v-{self.public_id}"

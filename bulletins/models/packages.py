from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import Record
from foundations.calendars.terms import Per, Term
from mechanisms.models import Mechanism
from members.models import Jurisdiction, Organization


class QuarterPackage(Record):
    """季度材料包: what one body owed and told in a quarter, as a paper; made anew, the new
    paper takes the place of the old one."""

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT)
    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    made_on = models.DateField(editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mechanism", "organization", "year", "quarter"],
                name="bulletins_package_quarter",
            ),
            models.CheckConstraint(
                condition=Q(quarter__range=(1, 4)), name="bulletins_package_one_of_four"
            ),
        ]
        ordering = ["-year", "-quarter", "pk"]

    def __str__(self) -> str:
        return f"{self.organization}{self.term.label}通报材料"

    @property
    def term(self) -> Term:
        return Term(self.year, Per.QUARTER, self.quarter)

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key

    def get_absolute_url(self) -> str:
        return reverse("bulletins:package", args=[self.public_id])

from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import Record
from mechanisms.models import Mechanism
from members.models import Jurisdiction, Organization
from suggestions.periods import Period

YEARLY_RULE = "YR-Q1"


class ReportQuerySet(models.QuerySet):
    def for_listing(self) -> Self:
        return self.select_related("organization", "jurisdiction").order_by("-year", "-quarter")


class Report(Record):
    """落实情况通报: how the letters of one organization of a year, or of a quarter, stand.

    `quarter` is 0 for the whole year (CX-26). The paper's figures are frozen with its
    document; this row says whose report it is and who was told.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT)
    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"), default=0)
    number = models.CharField(_("document number"), max_length=80, blank=True)
    remark = models.TextField(_("problems and next steps"), blank=True)
    told: models.ManyToManyField = models.ManyToManyField(
        Organization, blank=True, related_name="+"
    )
    issued_on = models.DateField(null=True, blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mechanism", "organization", "year", "quarter"],
                name="suggestions_report_period",
            )
        ]
        ordering = ["-year", "-quarter", "pk"]

    def __str__(self) -> str:
        return f"{self.organization} {self.label}"

    @property
    def is_yearly(self) -> bool:
        return not self.quarter

    @property
    def period(self) -> Period:
        return Period(self.year, self.quarter)

    @property
    def label(self) -> str:
        return self.period.label

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key

    def get_absolute_url(self) -> str:
        return reverse("suggestions:report", args=[self.public_id])

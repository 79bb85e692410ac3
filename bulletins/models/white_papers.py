from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bulletins.models.bulletins import Bulletin
from bulletins.models.library import LibraryItem
from foundations.access.rich_text import RichTextField
from foundations.access.rows import Record
from foundations.calendars.terms import Per, Term
from mechanisms.models import Mechanism
from members.models import Jurisdiction, Organization


class WhitePaperState(models.TextChoices):
    DRAFTING = "drafting", _("Being put together")
    FINAL = "final", _("Final version is in")
    TOLD = "told", _("Given to be circulated")


class WhitePaperQuerySet(models.QuerySet):
    def for_listing(self) -> Self:
        near = ("organization", "jurisdiction", "mechanism", "bulletin")
        return self.select_related(*near).order_by("-year", "pk")


class WhitePaper(Record):
    """白皮书 (CX-45): how the administrative cases of a year went, for government to read.

    `tables` are the year's figures as they were counted on `counted_on`. The portal puts a
    draft together; what the court finishes and uploads is the white paper. `bulletin`
    circulates it.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT)
    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    overview = RichTextField(_("overview"), blank=True)
    features = RichTextField(_("features of the year"), blank=True)
    enforcement = RichTextField(_("problems of enforcement"), blank=True)
    litigation = RichTextField(_("problems in litigation"), blank=True)
    advice = RichTextField(_("what is suggested"), blank=True)
    typical: models.ManyToManyField = models.ManyToManyField(
        LibraryItem, blank=True, related_name="+"
    )
    tables = models.JSONField(default=list, editable=False)
    counted_on = models.DateField(editable=False)
    state = models.CharField(
        max_length=10, choices=WhitePaperState, default=WhitePaperState.DRAFTING, editable=False
    )
    finished_on = models.DateField(null=True, editable=False)
    bulletin = models.OneToOneField(
        Bulletin, null=True, blank=True, on_delete=models.PROTECT, related_name="white_paper"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    objects = WhitePaperQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mechanism", "organization", "year"], name="bulletins_white_paper_year"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """岑溪市人民法院2025年度行政审判白皮书, as it is called on paper."""
        return f"{self.organization.name}{self.term.label}行政审判白皮书"

    @property
    def term(self) -> Term:
        return Term(self.year, Per.YEAR)

    @property
    def is_open(self) -> bool:
        return self.state != WhitePaperState.TOLD

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key

    def get_absolute_url(self) -> str:
        return reverse("bulletins:white-paper", args=[self.public_id])

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.rating import RiskLevel
from foundations.access.rows import MadeByForm
from members.models import Jurisdiction, Organization

FOCUS_AREAS = (
    "construction",
    "urban_management",
    "housing_expropriation",
    "labour",
    "work_injury",
    "social_insurance",
    "enterprise_reform",
    "environment",
)
"""城市建设管理、房屋征收、劳动社会保障、企业改制、环境保护 (GL-34): keys of areas and parts."""


class AssessmentState(models.TextChoices):
    ASKING = "asking", _("Opinions are asked")
    CONCLUDED = "concluded", _("Concluded")
    CARRIED_OUT = "carried_out", _("Under execution")
    COMPARED = "compared", _("Compared with the disputes")


class Assessment(MadeByForm):
    """重大行政决策诉讼风险评估 (GL-9, 33…36): before a decision is taken, and while it is
    carried out. It is compared later with the disputes that arose."""

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT)
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("deciding organ"),
    )
    title = models.CharField(_("decision or project"), max_length=200)
    area = models.CharField(_("area of administration"), max_length=40)
    matter = models.TextField(_("what is to be decided"))
    asked_on = models.DateField(_("opinions asked on"))
    state = models.CharField(
        max_length=12, choices=AssessmentState, default=AssessmentState.ASKING, editable=False
    )
    level = models.CharField(_("level"), max_length=8, choices=RiskLevel, blank=True)
    foreseen = models.TextField(_("disputes that are to be expected"), blank=True)
    prevention = models.TextField(_("prevention plan"), blank=True)
    concluded_on = models.DateField(_("concluded on"), null=True, editable=False)
    decided_on = models.DateField(_("decision taken on"), null=True, editable=False)
    compared_on = models.DateField(_("compared on"), null=True, editable=False)
    arisen = models.PositiveIntegerField(_("disputes that arose"), null=True, editable=False)
    lesson = models.TextField(_("what is learnt from it"), blank=True)

    class Meta:
        ordering = ["-asked_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key

    def get_absolute_url(self) -> str:
        return reverse("cases:assessment", args=[self.public_id])

    @property
    def in_focus(self) -> bool:
        """One of the areas that GL-34 names."""
        return self.area in FOCUS_AREAS


class Opinion(MadeByForm):
    """The opinion of an invited body; a court's is advisory, and binds no later judgment."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="opinions")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("asked for by"), null=True)
    given_on = models.DateField(null=True, editable=False)
    level = models.CharField(_("level"), max_length=8, choices=RiskLevel, blank=True)
    text = models.TextField(_("opinion"), blank=True)
    advisory = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "organization"], name="cases_opinion_of")
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.organization.short_name

    @property
    def audit_chain(self) -> str:
        return self.assessment.audit_chain

    def get_absolute_url(self) -> str:
        return self.assessment.get_absolute_url()


class Duty(MadeByForm):
    """What a unit has to do while the decision is carried out (GL-35)."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="duties")
    what = models.CharField(_("duty"), max_length=200)
    owed_by = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit")
    )
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(null=True, editable=False)
    outcome = models.CharField(_("outcome"), max_length=300, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.what

    @property
    def audit_chain(self) -> str:
        return self.assessment.audit_chain

    def get_absolute_url(self) -> str:
        return self.assessment.get_absolute_url()

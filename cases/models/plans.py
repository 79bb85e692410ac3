from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.disputes import Dispute
from foundations.access.fields import EncryptedTextField
from foundations.access.rows import MadeByForm
from members.models import Organization


class PlanState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    APPROVED = "approved", _("Approved")
    SUBMITTED = "submitted", _("Submitted")
    REPLACED = "replaced", _("Replaced by a later one")


class Plan(MadeByForm):
    """实质性化解方案 of an agency (WJ-32): read by its own side until it is submitted.

    What may be given way on stands in `Authority`, never in the plan.
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="plans")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="plans", verbose_name=_("agency")
    )
    state = models.CharField(
        max_length=10, choices=PlanState, default=PlanState.DRAFT, editable=False
    )
    cause = models.TextField(_("how the dispute arose"))
    earlier = models.TextField(_("what was tried before, and its result"))
    next_steps = models.TextField(_("next steps"))
    evidence = models.JSONField(_("evidence and basis"), default=list)
    timetable = models.TextField(_("timetable"), blank=True)
    risk = models.TextField(_("risks"), blank=True)
    head = models.CharField(_("responsible head"), max_length=80)
    handler = models.CharField(_("handler"), max_length=80)
    studied_on = models.DateField(_("studied on"), null=True, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, editable=False)
    approved_by = models.CharField(_("approved by"), max_length=80, blank=True)
    submitted_on = models.DateField(_("submitted on"), null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dispute", "organization"],
                condition=Q(state__in=("draft", "approved")),
                name="cases_one_plan_in_work",
            )
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.organization} {self.get_state_display()}"

    @property
    def audit_chain(self) -> str:
        return self.dispute.audit_chain

    def get_absolute_url(self) -> str:
        return self.dispute.get_absolute_url()

    @property
    def in_work(self) -> bool:
        return self.state in (PlanState.DRAFT, PlanState.APPROVED)


class Authority(MadeByForm):
    """决策授权: what whoever acts for the agency may agree to, and up to what (WJ-55, 56).

    For its own people and the justice bureau alone (G6). A new one replaces the last; what
    was in force on a day stays readable. `cap` is an amount in yuan as text.
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="authorities")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("agency")
    )
    holder = models.CharField(_("who is authorized"), max_length=80)
    may_settle = models.BooleanField(_("may settle"), default=False)
    may_change_act = models.BooleanField(_("may change or withdraw the act"), default=False)
    cap = EncryptedTextField(_("up to (yuan)"), blank=True, default="")
    limits = EncryptedTextField(_("limits and bottom line"), blank=True, default="")
    studied_on = models.DateField(_("studied on"))
    decided_by = models.CharField(_("decided by"), max_length=80)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    replaced = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dispute", "organization"],
                condition=Q(replaced=False),
                name="cases_one_authority",
            )
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.organization} {self.studied_on}"

    @property
    def audit_chain(self) -> str:
        return self.dispute.audit_chain

    def get_absolute_url(self) -> str:
        return self.dispute.get_absolute_url()

    @property
    def amount(self) -> Decimal | None:
        return Decimal(self.cap) if self.cap else None

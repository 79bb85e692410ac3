from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.parties import Party
from cases.models.procedures import Procedure
from cases.models.registers import Assignment
from foundations.access.rows import MadeByForm, Record
from members.models import Organization


class AgreementKind(models.TextChoices):
    MEDIATED = "mediated", _("Mediation agreement")
    SETTLED = "settled", _("Settlement agreement")


class AgreementState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SIGNED = "signed", _("Signed")


class Agreement(MadeByForm):
    """和解（调解）协议 (K-11): what a mediation has brought about.

    Signing it ends the mediation. Its items are what is then performed and watched.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="agreements")
    kind = models.CharField(_("kind"), max_length=10, choices=AgreementKind)
    number = models.CharField(_("number"), max_length=80, blank=True)
    facts = models.TextField(_("facts of the dispute"))
    closing = models.CharField(_("withdrawal and closing"), max_length=300, blank=True)
    liability = models.CharField(_("if it is not kept"), max_length=300, blank=True)
    confirmation = models.BooleanField(_("judicial confirmation is wanted"), default=False)
    state = models.CharField(
        max_length=10, choices=AgreementState, default=AgreementState.DRAFT, editable=False
    )
    signed_on = models.DateField(_("signed on"), null=True, editable=False)
    effective_on = models.DateField(_("in effect from"), null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure"], name="cases_one_agreement"),
            models.CheckConstraint(
                condition=Q(state="draft", signed_on=None, effective_on=None)
                | Q(state="signed", signed_on__isnull=False, effective_on__isnull=False),
                name="cases_agreement_signed",
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.get_kind_display()

    @property
    def audit_chain(self) -> str:
        return self.procedure.audit_chain

    def get_absolute_url(self) -> str:
        return self.procedure.get_absolute_url()


class AgreementItem(Record):
    """约定事项: what one side has promised in an agreement, by when and how."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField()
    organization = models.ForeignKey(
        Organization, null=True, on_delete=models.PROTECT, related_name="+"
    )
    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(_("what is promised"), max_length=300)
    amount = models.DecimalField(
        _("amount (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    method = models.CharField(_("how it is performed"), max_length=120, blank=True)
    due_on = models.DateField(_("by"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(party=None) ^ Q(organization=None), name="cases_promised_by_one"
            )
        ]
        ordering = ["order"]

    def __str__(self) -> str:
        return self.what

    @property
    def audit_chain(self) -> str:
        return self.agreement.audit_chain

    @property
    def owed_by(self) -> str:
        return str(self.organization.short_name if self.organization else self.party)


class AllowanceState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    PAID = "paid", _("Paid")


class Allowance(Record):
    """案件补贴: what a mediator gets for a dispute that was resolved (WJ-86)."""

    assignment = models.OneToOneField(
        Assignment, on_delete=models.PROTECT, related_name="allowance"
    )
    standard = models.CharField(_("standard"), max_length=120)
    amount = models.DecimalField(_("amount (yuan)"), max_digits=10, decimal_places=2)
    state = models.CharField(
        max_length=10, choices=AllowanceState, default=AllowanceState.PROPOSED, editable=False
    )
    proposed_on = models.DateField(_("proposed on"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField(_("decided on"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    paid_on = models.DateField(_("paid on"), null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="cases_allowance_amount")
        ]
        ordering = ["-proposed_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.assignment.professional} {self.amount}"

    @property
    def audit_chain(self) -> str:
        return self.assignment.audit_chain

    def get_absolute_url(self) -> str:
        return self.assignment.get_absolute_url()

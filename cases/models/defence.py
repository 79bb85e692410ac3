from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.about import AboutDispute
from cases.models.disputes import Dispute
from cases.models.procedures import Procedure
from foundations.access.fields import EncryptedTextField
from foundations.access.rows import MadeByForm
from members.models import Organization


class Defence(AboutDispute):
    """政府应诉: how a government that is sued answers (WJ-39, YC-26).

    The justice bureau organises it and names the unit that handles it. For that side alone:
    no court reads it. `strategy` is the plan of resolution and defence.
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="defences")
    procedure = models.OneToOneField(Procedure, on_delete=models.CASCADE, related_name="defence")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("defendant")
    )
    handled_by = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("handling unit")
    )
    named_on = models.DateField(_("handling unit named on"))
    counsel = models.CharField(_("counsel"), max_length=200, blank=True)
    experts_on = models.DateField(_("experts met on"), null=True, blank=True)
    experts = models.CharField(_("experts"), max_length=200, blank=True)
    advice = EncryptedTextField(_("what the experts advised"), blank=True, default="")
    strategy = EncryptedTextField(_("plan of resolution and defence"), blank=True, default="")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.organization} {self.procedure}"


class PaperKind(models.TextChoices):
    COMPLAINT = "complaint", _("Papers from the court")
    ANSWER = "answer", _("Answer and evidence")
    IDENTITY = "identity", _("Proof of identity and power of attorney")
    RULING = "ruling", _("Judgment or ruling")
    OTHER = "other", _("Other")


class DefencePaper(MadeByForm):
    """文书流转: a paper of the suit goes from one unit to another and is signed for."""

    defence = models.ForeignKey(Defence, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(_("kind"), max_length=10, choices=PaperKind)
    title = models.CharField(_("paper"), max_length=120)
    sent_to = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("goes to")
    )
    sent_on = models.DateField(_("sent on"))
    received_on = models.DateField(null=True, editable=False)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        ordering = ["sent_on", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_chain(self) -> str:
        return self.defence.audit_chain

    def get_absolute_url(self) -> str:
        return self.defence.get_absolute_url()


class SealState(models.TextChoices):
    ASKED = "asked", _("Waits for the seal")
    SEALED = "sealed", _("Sealed")
    REFUSED = "refused", _("Refused")


class SealRequest(MadeByForm):
    """用印申请: a paper of the defence is to bear the government's seal. The seal itself is
    never drawn here."""

    defence = models.ForeignKey(Defence, on_delete=models.CASCADE, related_name="seals")
    paper = models.CharField(_("paper"), max_length=120)
    copies = models.PositiveSmallIntegerField(_("copies"), default=1)
    asked_by = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField(_("asked on"))
    needed_on = models.DateField(_("needed by"))
    state = models.CharField(
        max_length=8, choices=SealState, default=SealState.ASKED, editable=False
    )
    answered_on = models.DateField(null=True, editable=False)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta:
        ordering = ["asked_on", "pk"]

    def __str__(self) -> str:
        return self.paper

    @property
    def dispute(self) -> Dispute:
        return self.defence.dispute

    @property
    def audit_chain(self) -> str:
        return self.defence.audit_chain

    def get_absolute_url(self) -> str:
        return self.defence.get_absolute_url()


class PowerOfAttorney(AboutDispute):
    """授权委托书 of an agency in one procedure, with what may be settled and up to what
    (WJ-55, 56): read by its own side alone (G6)."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="powers")
    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="powers")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("agency")
    )
    agent = models.CharField(_("agent"), max_length=80)
    post = models.CharField(_("post or law firm"), max_length=120)
    special = models.BooleanField(_("special authority"), default=False)
    may_settle = models.BooleanField(_("may settle"), default=False)
    may_change_act = models.BooleanField(_("may agree to change the act"), default=False)
    cap = EncryptedTextField(_("up to (yuan)"), blank=True, default="")
    limits = EncryptedTextField(_("what may be settled, and limits"), blank=True, default="")
    issued_on = models.DateField(_("issued on"))
    revoked_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["issued_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(special=True) | Q(may_settle=False, may_change_act=False),
                name="cases_power_special",
            )
        ]

    def __str__(self) -> str:
        return f"{self.agent} {self.issued_on}"

    @property
    def amount(self) -> Decimal | None:
        return Decimal(self.cap) if self.cap else None


class CorrectionKind(models.TextChoices):
    WITHDRAWN = "withdrawn", _("Act withdrawn")
    CHANGED = "changed", _("Act changed")
    REMEDIED = "remedied", _("Defect remedied")
    PERFORMED = "performed", _("Duty performed")


class ToleranceState(models.TextChoices):
    NONE = "", _("Not proposed")
    PROPOSED = "proposed", _("Proposed")
    GRANTED = "granted", _("Personal liability not pursued")
    REFUSED = "refused", _("Not applied")


class SelfCorrection(AboutDispute):
    """自我纠错 of an agency, and 容错 for who decided (WJ-58, 65, 66).

    For the agency and the justice bureau alone. Liability may be waived for a wrong act that
    was withdrawn on the agency's own initiative without serious effect; never by itself.
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="corrections")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("agency")
    )
    kind = models.CharField(_("how"), max_length=10, choices=CorrectionKind)
    on = models.DateField(_("day"))
    number = models.CharField(_("number of the decision"), max_length=80, blank=True)
    what = models.TextField(_("what was corrected"))
    own_initiative = models.BooleanField(_("on its own initiative"), default=False)
    serious = models.BooleanField(_("serious effect"), default=False)
    tolerance = models.CharField(
        max_length=10, choices=ToleranceState, blank=True, default="", editable=False
    )
    grounds = EncryptedTextField(_("why liability should not be pursued"), blank=True, default="")
    decided_by = models.CharField(_("decided by"), max_length=80, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, editable=False)
    decision = EncryptedTextField(_("reason of the decision"), blank=True, default="")

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.organization} {self.get_kind_display()}"

    @property
    def may_be_tolerated(self) -> bool:
        return (
            self.kind == CorrectionKind.WITHDRAWN
            and self.own_initiative
            and not self.serious
            and self.tolerance == ToleranceState.NONE
        )

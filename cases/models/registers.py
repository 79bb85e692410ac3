from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.disputes import Dispute
from cases.models.parties import Party
from cases.models.procedures import Procedure
from foundations.access.fields import EncryptedTextField
from foundations.access.rows import MadeByForm
from members.models import Jurisdiction, Organization
from members.models.terms import Term, TermQuerySet


class Profession(models.TextChoices):
    MEDIATOR = "mediator", _("Mediator")
    LAWYER = "lawyer", _("Lawyer")
    EXPERT = "expert", _("Expert")
    ADVISER = "adviser", _("Legal adviser")
    ASSESSOR = "assessor", _("People's assessor")
    JUDGE = "judge", _("Judge")
    DEPUTY = "deputy", _("Deputy to the people's congress")
    CONSULTATIVE = "consultative", _("Member of the CPPCC")


class ProfessionalQuerySet(TermQuerySet):
    def for_listing(self) -> Self:
        return self.select_related("organization").order_by("profession", "name", "pk")


class Professional(MadeByForm, Term):
    """登记在册的调解员、律师、专家、顾问: who may be assigned to a dispute.

    `organization` is where somebody works: who works for the agency in dispute doesn't
    mediate in it. `user` is set for one who has an account.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT)
    profession = models.CharField(_("listed as"), max_length=12, choices=Profession)
    name = models.CharField(_("name"), max_length=60)
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    firm = models.CharField(_("where from"), max_length=120, blank=True)
    fields = models.CharField(_("special fields"), max_length=200, blank=True)
    certificate = models.CharField(_("certificate number"), max_length=60, blank=True)
    phone = EncryptedTextField(_("phone"), blank=True, default="")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ProfessionalQuerySet.as_manager()

    class Meta(Term.Meta):
        ordering = ["profession", "name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key

    @property
    def where_from(self) -> str:
        return self.organization.short_name if self.organization else self.firm


class AssignmentState(models.TextChoices):
    REQUESTED = "requested", _("Requested")
    ASSIGNED = "assigned", _("Assigned")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    REPLACED = "replaced", _("Replaced")
    CANCELLED = "cancelled", _("Not needed any more")


LIVE = (AssignmentState.ASSIGNED, AssignmentState.ACCEPTED)


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def live(self) -> Self:
        return self.filter(state__in=LIVE)


class Assignment(MadeByForm):
    """请求 → 指派 → 确认: a mediator, lawyer or expert for a dispute (WJ-13, 17, 36, 38).

    With `procedure` it is the mediator of that mediation: written by its steps alone.
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="assignments")
    procedure = models.ForeignKey(
        Procedure, null=True, on_delete=models.CASCADE, related_name="assignments"
    )
    profession = models.CharField(_("who is needed"), max_length=12, choices=Profession)
    need = models.CharField(_("what for"), max_length=300, blank=True)
    requested_by = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    requested_on = models.DateField(_("requested on"))
    professional = models.ForeignKey(
        Professional, null=True, on_delete=models.PROTECT, related_name="assignments"
    )
    assigned_on = models.DateField(_("assigned on"), null=True)
    answered_on = models.DateField(_("answered on"), null=True)
    state = models.CharField(
        max_length=10, choices=AssignmentState, default=AssignmentState.REQUESTED, editable=False
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["procedure"],
                condition=Q(state__in=("assigned", "accepted")),
                name="cases_one_mediator",
            )
        ]
        indexes = [models.Index(fields=["professional", "state"], name="cases_assigned_to")]
        ordering = ["requested_on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_profession_display()} {self.professional or ''}".strip()

    @property
    def audit_chain(self) -> str:
        return self.dispute.audit_chain

    def get_absolute_url(self) -> str:
        return self.dispute.get_absolute_url()


class AidResult(models.TextChoices):
    PENDING = "pending", _("Not decided yet")
    GRANTED = "granted", _("Legal aid granted")
    REFUSED = "refused", _("Legal aid refused")


class LegalAid(MadeByForm):
    """法律援助转介 (WJ-37): it tells of a party's means, so few may read it."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="legal_aid")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="legal_aid")
    referred_by = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    referred_on = models.DateField(_("referred on"))
    ground = EncryptedTextField(_("ground"))
    result = models.CharField(
        _("result"), max_length=10, choices=AidResult, default=AidResult.PENDING
    )
    decided_on = models.DateField(_("decided on"), null=True)
    lawyer = models.ForeignKey(
        Professional, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["referred_on", "pk"]

    def __str__(self) -> str:
        return f"{self.party} {self.referred_on}"

    @property
    def audit_chain(self) -> str:
        return self.dispute.audit_chain

    def get_absolute_url(self) -> str:
        return self.dispute.get_absolute_url()

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.disputes import Dispute
from cases.models.procedures import Procedure
from cases.states import AGENCY_ROLES, CLAIMANT_ROLES, EITHER_ROLES, PartyKind, PartyRole
from foundations.access.fields import EncryptedTextField
from foundations.access.rows import Record
from members.models import Organization
from members.states import Side


class Party(Record):
    """当事人: a person or organization in dispute with an agency.

    What identifies a person is encrypted; `shown_name` is what lists print, `name_digest`
    and `id_digest` (keyed) find the same party again without opening anything.
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="parties")
    kind = models.CharField(_("kind"), max_length=10, choices=PartyKind)
    name = EncryptedTextField(_("name"))
    shown_name = models.CharField(max_length=120, editable=False)
    name_digest = models.CharField(max_length=64, editable=False, db_index=True)
    id_number = EncryptedTextField(_("identity or credit code"), blank=True, default="")
    id_digest = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    gender = EncryptedTextField(_("gender"), blank=True, default="")
    born_on = EncryptedTextField(_("born on"), blank=True, default="")
    ethnicity = EncryptedTextField(_("ethnic group"), blank=True, default="")
    phone = EncryptedTextField(_("phone"), blank=True, default="")
    address = EncryptedTextField(_("address"), blank=True, default="")
    district = models.CharField(_("district"), max_length=60, blank=True)
    representative = EncryptedTextField(_("legal representative"), blank=True, default="")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def audit_chain(self) -> str:
        return self.dispute.audit_chain


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def agencies(self) -> Self:
        """The organs in dispute: who answers for the act, whatever it is called here."""
        either = Q(role__in=EITHER_ROLES, organization__side=Side.GOVERNMENT)
        return self.filter(Q(role__in=AGENCY_ROLES) | either, organization__isnull=False)

    def claimants(self) -> Self:
        """Whoever brought the matter up, and no third party."""
        either = Q(role__in=EITHER_ROLES) & ~Q(organization__side=Side.GOVERNMENT)
        parties = Q(role__in=EITHER_ROLES, organization=None)
        return self.filter(Q(role__in=CLAIMANT_ROLES) | parties | either)


class Participant(Record):
    """Who takes part in one procedure, and as what: a party, or an organization.

    `served_on` is the day on which the paper that closed the procedure was served.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="participants")
    party = models.ForeignKey(
        Party, null=True, on_delete=models.PROTECT, related_name="participations"
    )
    organization = models.ForeignKey(
        Organization, null=True, on_delete=models.PROTECT, related_name="participations"
    )
    role = models.CharField(_("as"), max_length=12, choices=PartyRole)
    served_on = models.DateField(null=True, editable=False)
    order = models.PositiveSmallIntegerField(default=0)
    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(party=None) ^ Q(organization=None), name="cases_participant_one"
            ),
            models.UniqueConstraint(
                fields=["procedure", "party", "role"],
                condition=Q(organization=None),
                name="cases_participant_party",
            ),
            models.UniqueConstraint(
                fields=["procedure", "organization", "role"],
                condition=Q(party=None),
                name="cases_participant_organization",
            ),
        ]
        ordering = ["role", "order", "pk"]

    def __str__(self) -> str:
        return str(self.organization.short_name if self.organization else self.party)

    @property
    def audit_chain(self) -> str:
        return self.procedure.audit_chain

    def get_absolute_url(self) -> str:
        return self.procedure.get_absolute_url()


class Agent(models.Model):
    """诉讼代理人 / 代表人: who speaks for a participant."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="agents")
    name = EncryptedTextField(_("name"))
    shown_name = models.CharField(max_length=60, editable=False)
    profession = models.CharField(_("profession"), max_length=40, blank=True)
    firm = models.CharField(_("firm"), max_length=120, blank=True)
    phone = EncryptedTextField(_("phone"), blank=True, default="")
    special = models.BooleanField(_("special authority"), default=False)
    represents_group = models.BooleanField(_("elected by a group"), default=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.shown_name

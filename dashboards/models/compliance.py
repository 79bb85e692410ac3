from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import MadeByForm, Record
from mechanisms.models import Mechanism
from mechanisms.states import ComplianceState
from members.models import Jurisdiction, Organization
from services.documents.models import OfficialDocument


class AttestationQuerySet(models.QuerySet["Attestation"]):
    def of(self, mechanism: Mechanism, number: str) -> Self:
        return self.filter(mechanism=mechanism, provision=number)

    def valid_on(self, day: date) -> Self:
        """Made by the day, neither run out nor taken back on it."""
        taken_back = Q(withdrawn_on__isnull=False, withdrawn_on__lte=day)
        return self.filter(on__lte=day, expires_on__gte=day).exclude(taken_back)


class Attestation(MadeByForm):
    """佐证认定: a responsible person answers for a clause that no record can prove.

    It holds from `on` to `expires_on` (both inclusive). Its evidence is attached, or is
    the official paper that it names. `provision` is the number of the clause, which stays
    the same from version to version.
    """

    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="attestations")
    provision = models.CharField(_("provision"), max_length=20)
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("attested for"),
    )
    attested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(_("how the clause is kept"))
    document = models.ForeignKey(
        OfficialDocument,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("paper of the portal"),
    )
    on = models.DateField(_("attested on"))
    expires_on = models.DateField(_("holds until"))
    withdrawn_on = models.DateField(null=True, editable=False)
    withdrawn_reason = models.CharField(_("reason"), max_length=300, blank=True)
    objects = AttestationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("on")), name="dashboards_attestation_holds"
            )
        ]
        indexes = [
            models.Index(fields=["mechanism", "provision"], name="dashboards_attested_clause")
        ]
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.provision} {self.on}"

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.mechanism.jurisdiction

    @property
    def audit_chain(self) -> str:
        return self.mechanism.audit_chain

    def get_absolute_url(self) -> str:
        return reverse("dashboards:attestation", args=[self.public_id])

    def holds_on(self, day: date) -> bool:
        gone = self.withdrawn_on is not None and self.withdrawn_on <= day
        return self.on <= day <= self.expires_on and not gone


class MonthEnd(Record):
    """月末冻结: how the clauses of an institution stood on the last day of a month.

    Frozen once; what is learned later is shown beside it and never written over it.
    """

    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="month_ends")
    on = models.DateField(_("last day of the month"))
    frozen_at = models.DateTimeField(_("frozen at"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mechanism", "on"], name="dashboards_month_once")
        ]
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.mechanism} {self.on}"

    @property
    def audit_chain(self) -> str:
        return self.mechanism.audit_chain

    def get_absolute_url(self) -> str:
        return reverse("dashboards:month", args=[self.public_id])


class MonthEndState(models.Model):
    """One clause on that day."""

    month_end = models.ForeignKey(MonthEnd, on_delete=models.CASCADE, related_name="states")
    provision = models.CharField(max_length=20)
    clause = models.CharField(max_length=60)
    order = models.PositiveSmallIntegerField()
    standing = models.CharField(max_length=16, choices=ComplianceState)
    said = models.TextField(blank=True)
    next_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month_end", "provision"], name="dashboards_frozen_once"
            )
        ]
        ordering = ["order"]

    def __str__(self) -> str:
        return f"{self.provision} {self.standing}"


class ComplianceTable(Record):
    """制度落实对照表: that the states of a day were printed; its paper hangs on it."""

    mechanism = models.ForeignKey(
        Mechanism, on_delete=models.PROTECT, related_name="compliance_tables"
    )
    on = models.DateField(_("as of"))

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.mechanism} {self.on}"

    @property
    def audit_chain(self) -> str:
        return self.mechanism.audit_chain

    def get_absolute_url(self) -> str:
        page = reverse("dashboards:compliance", args=[self.mechanism.key])
        return f"{page}?on={self.on.isoformat()}"

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import Record
from mechanisms.states import Modal, RuleKind
from members.models import Body, Jurisdiction, Organization
from members.states import Side


class Mechanism(Record):
    """联动机制: the institution set up by one document; its words are in its versions."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="mechanisms"
    )
    key = models.SlugField(max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=200)
    short_title = models.CharField(_("short title"), max_length=60)
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="mechanisms")

    def __str__(self) -> str:
        return self.short_title

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key

    def get_absolute_url(self) -> str:
        return reverse("mechanisms:text", args=[self.key])


class MechanismVersion(models.Model):
    """A profile as it was loaded: immutable, in force from a day (inclusive)."""

    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="versions")
    number = models.CharField(max_length=20)
    effective_from = models.DateField()
    digest = models.CharField(max_length=64)
    source = models.JSONField()
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mechanism", "number"], name="mechanisms_version_number"
            )
        ]
        ordering = ["effective_from", "pk"]

    def __str__(self) -> str:
        return f"{self.mechanism} {self.number}"

    @property
    def audit_chain(self) -> str:
        return self.mechanism.audit_chain


class MechanismParty(models.Model):
    """One side of a mechanism: who leads it, who acts for it, who does its daily work."""

    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="parties")
    side = models.CharField(max_length=16, choices=Side)
    lead = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    acting = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    secretariat = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mechanism", "side"], name="mechanisms_party_side")
        ]
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.mechanism} {self.lead}"


class Provision(models.Model):
    """条款: a numbered clause in its own words, and the one rule that makes it work."""

    version = models.ForeignKey(
        MechanismVersion, on_delete=models.PROTECT, related_name="provisions"
    )
    number = models.CharField(max_length=20)
    clause = models.CharField(_("clause"), max_length=60)
    citation = models.CharField(max_length=130)
    chapter = models.CharField(_("chapter"), max_length=60, blank=True)
    section = models.CharField(_("section"), max_length=60, blank=True)
    text = models.TextField(_("original words"))
    operative = models.CharField(_("operative words"), max_length=500, blank=True)
    duty_bearers = models.JSONField(default=list)
    beneficiaries = models.JSONField(default=list)
    modal = models.CharField(max_length=8, choices=Modal)
    rule_kind = models.CharField(max_length=24, choices=RuleKind)
    subject = models.CharField(max_length=40)
    parameters = models.JSONField(default=dict)
    realised_by = models.JSONField(default=dict)
    order = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "number"], name="mechanisms_provision_number"
            )
        ]
        ordering = ["order"]

    def __str__(self) -> str:
        return self.number

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import Record
from members.models import Jurisdiction, Organization
from suggestions.models.addressees import Addressee
from suggestions.states import MeasureKind, ProposalState, SupervisionState, UrgingLevel


class Supervision(Record):
    """督办: an urging letter, a talk, or an order to perform by a day, on one addressee.

    `by_organization` is the issuer, or whoever the institution lets urge (YN-38, WJ-18).
    """

    addressee = models.ForeignKey(Addressee, on_delete=models.PROTECT, related_name="supervisions")
    kind = models.CharField(_("kind"), max_length=8, choices=MeasureKind)
    level = models.CharField(
        _("level"), max_length=8, choices=UrgingLevel, default=UrgingLevel.GENERAL
    )
    by_organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    on = models.DateField(_("day"))
    due_on = models.DateField(_("answer by"))
    reason = models.TextField(_("reason"))
    number = models.CharField(_("document number"), max_length=80, blank=True)
    copied_to: models.ManyToManyField = models.ManyToManyField(
        Organization, blank=True, related_name="+"
    )
    record = models.TextField(_("record"), blank=True)
    outcome = models.TextField(_("outcome"), blank=True)
    state = models.CharField(
        max_length=8, choices=SupervisionState, default=SupervisionState.OPEN, editable=False
    )
    settled_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.addressee}"

    @property
    def audit_chain(self) -> str:
        return self.addressee.audit_chain

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.addressee.jurisdiction

    def get_absolute_url(self) -> str:
        return self.addressee.get_absolute_url()


class Proposal(Record):
    """待确认建议: something that the portal noticed; a person accepts or dismisses it.

    `reason` is the rule's key, `mark` what makes it one of its kind: the same is never
    proposed twice. `data` tells the facts, as JSON, for the page and for what follows.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    to_organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=40)
    mark = models.CharField(max_length=120)
    data = models.JSONField(default=dict)
    noticed_on = models.DateField()
    state = models.CharField(
        max_length=10, choices=ProposalState, default=ProposalState.WAITING, editable=False
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField(null=True, editable=False)
    remark = models.CharField(max_length=300, blank=True)
    suggestion = models.ForeignKey(
        "suggestions.Suggestion", null=True, on_delete=models.PROTECT, related_name="proposals"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "reason", "mark"], name="suggestions_proposed_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["to_organization"],
                name="suggestions_waiting",
                condition=Q(state="waiting"),
            )
        ]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.reason} {self.organization}"

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.states import Kind, Source, Standing
from foundations.access.rows import MadeByForm
from mechanisms.models import Mechanism
from members.models import Jurisdiction, Organization


class DisputeQuerySet(models.QuerySet):
    def for_listing(self) -> Self:
        return self.select_related("agency", "holder").order_by("-filed_on", "-pk")


class Dispute(MadeByForm):
    """行政争议: the parent of procedures; what it is about, not how it goes.

    `number` is the portal's own (N9) and never printed as a court's. `title` names no
    natural person in full. What stands under "derived" is written by `cases.standing` at
    the end of every action, so that a list reads one row a dispute.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT)
    mechanism = models.ForeignKey(Mechanism, null=True, on_delete=models.PROTECT)
    number = models.CharField(_("register number"), max_length=60, blank=True)
    title = models.CharField(_("title"), max_length=200)
    filed_on = models.DateField(_("registered on"))
    source = models.CharField(_("came in by"), max_length=16, choices=Source)
    area = models.CharField(_("area of administration"), max_length=40)
    act_kind = models.CharField(_("kind of act"), max_length=40)
    act = models.CharField(_("act in dispute"), max_length=300)
    act_number = models.CharField(_("number of the act"), max_length=80, blank=True)
    act_on = models.DateField(_("day of the act"), null=True, blank=True)
    known_on = models.DateField(_("known to the party since"), null=True, blank=True)
    claims = models.TextField(_("what is claimed"), blank=True)
    facts = models.TextField(_("facts and grounds"), blank=True)
    amount = models.DecimalField(
        _("amount in dispute"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    flags = models.JSONField(_("marks"), default=list, blank=True)
    enterprise = models.BooleanField(_("concerns an enterprise"), default=False)
    reconsideration_first = models.CharField(
        _("reconsideration comes first because"), max_length=60, blank=True
    )
    agency = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="disputes", verbose_name=_("agency")
    )
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    registered_by = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="disputes_registered"
    )
    # derived
    standing = models.CharField(
        max_length=10, choices=Standing, default=Standing.OPEN, editable=False
    )
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.INTAKE, editable=False)
    state = models.CharField(max_length=20, editable=False)
    holder = models.ForeignKey(
        Organization, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    next_due_on = models.DateField(null=True, editable=False)
    closed_on = models.DateField(null=True, editable=False)
    objects = DisputeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "number"],
                condition=~Q(number=""),
                name="cases_dispute_number",
            ),
        ]
        indexes = [
            models.Index(fields=["-filed_on", "-id"], name="cases_dispute_filed"),
            models.Index(
                fields=["jurisdiction", "-filed_on", "-id"], name="cases_dispute_place_filed"
            ),
            models.Index(
                fields=["jurisdiction", "standing", "next_due_on"], name="cases_dispute_due"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key

    def store(self) -> None:
        super().store()
        self.access.update(**self.listed)

    @property
    def listed(self) -> dict[str, Any]:
        """What its access rows repeat, so that a reader's list is read from their index."""
        names = ("filed_on", "standing", "next_due_on", "holder", "enterprise")
        return {name: getattr(self, name) for name in names}

    def get_absolute_url(self) -> str:
        return reverse("cases:detail", args=[self.public_id])


class Access(models.Model):
    """可见登记: an organization or a person that takes part in a dispute may see it.

    `principal` is `o17` for an organization, `u42` for a user. What follows is repeated from
    the dispute (`Dispute.listed`): pages and counts of the usual views are read from the
    index of a principal alone, however many disputes there are and however few it sees.
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="access")
    principal = models.CharField(max_length=24)
    why = models.CharField(max_length=40)
    since = models.DateTimeField(auto_now_add=True)
    filed_on = models.DateField()
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.OPEN)
    next_due_on = models.DateField(null=True)
    holder = models.ForeignKey(
        Organization, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    enterprise = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dispute", "principal"], name="cases_access_once")
        ]
        indexes = [
            models.Index(
                fields=["principal", "-filed_on", "-dispute"], name="cases_access_listing"
            ),
            models.Index(
                fields=["principal", "standing", "-filed_on", "-dispute"],
                name="cases_access_live",
                condition=~Q(standing=Standing.CLOSED),
            ),
            models.Index(
                fields=["principal", "-filed_on", "-dispute"],
                name="cases_access_enterprise",
                condition=Q(enterprise=True),
            ),
            models.Index(
                fields=["principal", "next_due_on", "dispute"],
                name="cases_access_due",
                condition=Q(next_due_on__isnull=False),
            ),
            models.Index(
                fields=["principal", "holder", "dispute"],
                name="cases_access_held",
                condition=Q(holder__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.principal} {self.why}"

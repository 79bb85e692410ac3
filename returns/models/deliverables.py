from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import MadeByForm, Record
from mechanisms.models import Mechanism
from members.models import Jurisdiction, Organization
from returns.states import DeliverableState
from services.documents.models import OfficialDocument

DELIVERABLE_RULE = "DELIVERABLE"


class DeliverableQuerySet(models.QuerySet):
    def for_listing(self) -> Self:
        return self.select_related("jurisdiction", "mechanism", "organization", "to")


class Deliverable(Record):
    """应交文件: a document that a unit must have by a day, and what it delivered.

    `cycle` is the year for which one that is renewed is due, 0 for one that is made once.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT)
    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="deliverables")
    key = models.SlugField(max_length=40)
    number = models.CharField(_("clause"), max_length=20)
    name = models.CharField(_("document"), max_length=120)
    form = models.CharField(_("form"), max_length=60, blank=True)
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="deliverables",
        verbose_name=_("unit"),
    )
    to = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("seen to by")
    )
    cycle = models.PositiveSmallIntegerField(_("year"), default=0)
    opened_on = models.DateField()
    due_on = models.DateField(_("due on"), null=True)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=DeliverableState,
        default=DeliverableState.DUE,
        editable=False,
    )
    delivered_on = models.DateField(_("delivered on"), null=True, editable=False)
    objects = DeliverableQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mechanism", "key", "organization", "cycle"],
                name="returns_deliverable_once",
            ),
            models.CheckConstraint(
                condition=Q(delivered_on__isnull=False, state="delivered")
                | (Q(delivered_on__isnull=True) & ~Q(state="delivered")),
                name="returns_delivered_on",
            ),
        ]
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        year = f"（{self.cycle}）" if self.cycle else ""
        return f"{self.name}{year} {self.organization.short_name}"

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key

    def get_absolute_url(self) -> str:
        return reverse("returns:deliverable", args=[self.public_id])

    @property
    def state_pill(self) -> tuple[str, str, str]:
        if self.state == DeliverableState.DELIVERED:
            return "done", "check-circle-fill", self.get_state_display()
        return "wait", "hourglass-split", self.get_state_display()


class Delivery(MadeByForm):
    """What was delivered on a day: a paper of the portal, or a file; the latest one stands."""

    deliverable = models.ForeignKey(
        Deliverable, on_delete=models.PROTECT, related_name="deliveries"
    )
    title = models.CharField(_("title"), max_length=200)
    doc_number = models.CharField(_("document number"), max_length=80, blank=True)
    on = models.DateField(_("issued on"))
    document = models.ForeignKey(
        OfficialDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    superseded_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_chain(self) -> str:
        return self.deliverable.audit_chain

    def get_absolute_url(self) -> str:
        return self.deliverable.get_absolute_url()

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import MadeByForm
from foundations.calendars.terms import Per, Term
from mechanisms.models import Mechanism
from members.models import Jurisdiction, Organization
from returns.models.duties import PERS
from returns.states import UpwardKind, UpwardState

UPWARD_RULE = "UPWARD-REPORT"


class UpwardQuerySet(models.QuerySet):
    def for_listing(self) -> Self:
        return self.select_related("jurisdiction", "mechanism", "organization", "by")


class UpwardReport(MadeByForm):
    """请示、报告: what a unit tells or asks of the bodies above it.

    `to` and `cc` name the bodies as the paper does, one a line: they may stand outside the
    portal. One that a text asks for is opened as owed, with its term and its last day.
    `figures` are the tables of the portal's own records that the paper carries, as they
    were on the day it was drafted.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT)
    mechanism = models.ForeignKey(
        Mechanism, on_delete=models.PROTECT, related_name="upward_reports"
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="upward_reports",
        verbose_name=_("unit"),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=UpwardKind)
    clause = models.CharField(_("clause"), max_length=20, blank=True)
    per = models.CharField(max_length=10, choices=PERS, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    n = models.PositiveSmallIntegerField(null=True)
    to = models.TextField(_("to"), blank=True)
    cc = models.TextField(_("copy to"), blank=True)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    figures = models.JSONField(default=list)
    signer = models.CharField(_("signed by"), max_length=60, blank=True)
    contact = models.CharField(_("contact"), max_length=120, blank=True)
    number = models.CharField(_("document number"), max_length=80, blank=True)
    opened_on = models.DateField()
    due_on = models.DateField(_("due on"), null=True)
    state = models.CharField(
        _("state"), max_length=8, choices=UpwardState, default=UpwardState.DRAFT, editable=False
    )
    sent_on = models.DateField(_("sent on"), null=True, editable=False)
    answered_on = models.DateField(_("answered on"), null=True, editable=False)
    answer = models.TextField(_("answer"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    objects = UpwardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mechanism", "clause", "organization", "per", "year", "n"],
                condition=~Q(per=""),
                name="returns_upward_term",
            ),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=False, state__in=("issued", "answered"))
                | (Q(sent_on__isnull=True) & ~Q(state__in=("issued", "answered"))),
                name="returns_upward_sent",
            ),
        ]
        ordering = ["-opened_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key

    def get_absolute_url(self) -> str:
        return reverse("returns:report", args=[self.public_id])

    @property
    def term(self) -> Term | None:
        return Term(self.year, Per(self.per), self.n) if self.year and self.n else None

    @property
    def is_open(self) -> bool:
        return self.state in (UpwardState.OWED, UpwardState.DRAFT)

    @property
    def bodies(self) -> list[str]:
        return [line.strip() for line in self.to.splitlines() if line.strip()]

    @property
    def copies(self) -> list[str]:
        return [line.strip() for line in self.cc.splitlines() if line.strip()]

    @property
    def state_pill(self) -> tuple[str, str, str]:
        kind, icon = UPWARD_PILLS[UpwardState(self.state)]
        return kind, icon, self.get_state_display()


UPWARD_PILLS = {
    UpwardState.OWED: ("wait", "hourglass-split"),
    UpwardState.DRAFT: ("draft", "pencil"),
    UpwardState.ISSUED: ("done", "send"),
    UpwardState.ANSWERED: ("done", "check-circle-fill"),
}

"""What a dispute's outcome obliges somebody to do, and whether it was done."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.disputes import Dispute
from cases.models.parties import Party
from cases.models.procedures import Procedure
from foundations.access.rows import MadeByForm
from members.models import Organization


class Source(models.TextChoices):
    """What the duty follows from."""

    AGREEMENT = "agreement", _("Agreement")
    DECISION = "decision", _("Reconsideration decision")
    JUDGMENT = "judgment", _("Effective judgment")
    OPINION = "opinion", _("Reconsideration opinion")


class PerformanceState(models.TextChoices):
    OWED = "owed", _("To be performed")
    PERFORMED = "performed", _("Performed, to be confirmed")
    CONFIRMED = "confirmed", _("Performance confirmed")
    RELEASED = "released", _("Fell away")


PILLS = {
    PerformanceState.OWED: ("wait", "hourglass-split"),
    PerformanceState.PERFORMED: ("soon", "clipboard-check"),
    PerformanceState.CONFIRMED: ("done", "check-circle-fill"),
    PerformanceState.RELEASED: ("void", "slash-circle"),
}


class PerformanceQuerySet(models.QuerySet["Performance"]):
    def for_listing(self) -> Self:
        return self.select_related(
            "dispute__jurisdiction", "procedure__organ", "organization", "party"
        )

    def owed(self) -> Self:
        return self.filter(state=PerformanceState.OWED)

    def overdue(self, on: date) -> Self:
        return self.owed().filter(due_on__lt=on)

    def done(self) -> Self:
        return self.filter(state__in=(PerformanceState.PERFORMED, PerformanceState.CONFIRMED))

    def in_time(self) -> Self:
        return self.done().filter(performed_on__lte=F("due_on"))

    def late(self) -> Self:
        return self.done().filter(performed_on__gt=F("due_on"))


class Performance(MadeByForm):
    """履行事项: one thing that an organization or a party has to do, by a last day.

    `performed_on` is the day on which it was done, as whoever owes it says; `confirmed_on`
    is when the organ found it so. `remark` is what was last said of it: how it was done, why
    it was sent back, or why it fell away.
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="performances")
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="performances")
    organization = models.ForeignKey(
        Organization, null=True, on_delete=models.PROTECT, related_name="performances"
    )
    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(_("follows from"), max_length=10, choices=Source)
    what = models.CharField(_("what is to be done"), max_length=300)
    due_on = models.DateField(_("by"))
    state = models.CharField(
        _("state"), max_length=10, choices=PerformanceState, default=PerformanceState.OWED
    )
    performed_on = models.DateField(_("performed on"), null=True, editable=False)
    confirmed_on = models.DateField(_("confirmed on"), null=True, editable=False)
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    objects = PerformanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(party=None) ^ Q(organization=None), name="cases_owed_by_one"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("owed", "released"))
                | Q(state="performed", performed_on__isnull=False)
                | Q(state="confirmed", performed_on__isnull=False, confirmed_on__isnull=False),
                name="cases_performed_on",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="cases_performance_due")]
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.what

    @property
    def audit_chain(self) -> str:
        return self.dispute.audit_chain

    def get_absolute_url(self) -> str:
        return f"{self.dispute.get_absolute_url()}?tab=settling#f-{self.public_id}"

    @property
    def owed_by(self) -> str:
        return str(self.organization.short_name if self.organization else self.party)

    @property
    def was_late(self) -> bool:
        return self.performed_on is not None and self.performed_on > self.due_on

    @property
    def state_pill(self) -> tuple[str, str, str]:
        return (*PILLS[PerformanceState(self.state)], str(self.get_state_display()))


class PerformanceReport(MadeByForm):
    """履行情况报告: what an agency reports on the performance of one decision (YC-14)."""

    procedure = models.ForeignKey(
        Procedure, on_delete=models.PROTECT, related_name="performance_reports"
    )
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    reported_on = models.DateField(_("reported on"))
    text = models.TextField(_("how it was performed"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "organization"], name="cases_one_case_one_report"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.reported_on}"

    @property
    def audit_chain(self) -> str:
        return self.procedure.audit_chain

    def get_absolute_url(self) -> str:
        return f"{self.procedure.dispute.get_absolute_url()}?tab=settling"

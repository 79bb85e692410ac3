from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Procedure
from foundations.access.rows import MadeByForm
from mechanisms.models import Mechanism
from members.models import Jurisdiction, Organization
from workplans.states import Category, IssueState

PILLS: dict[str, tuple[str, str]] = {
    IssueState.ASKED: ("wait", "hourglass-split"),
    IssueState.RECTIFIED: ("open", "inbox"),
    IssueState.VERIFIED: ("done", "check-circle-fill"),
}


class IssueLedgerEntry(MadeByForm):
    """行政执法问题台账: what a reconsideration found wrong in a unit's enforcement (YC-18).

    `found_by` is the reconsideration body, which alone verifies. `reopened` counts how
    often what was reported as rectified was not.
    """

    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="+")
    procedure = models.ForeignKey(
        Procedure,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="enforcement_issues",
        verbose_name=_("found in the case"),
    )
    found_by = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit")
    )
    category = models.CharField(_("category"), max_length=24, choices=Category)
    cause = models.CharField(_("cause of the issue"), max_length=200)
    what = models.TextField(_("what was found"))
    found_on = models.DateField(_("found on"))
    rectify_by = models.DateField(_("rectify by"))
    rectified_on = models.DateField(null=True, editable=False)
    measures = models.TextField(_("what was rectified"), blank=True)
    verified_on = models.DateField(null=True, editable=False)
    remark = models.TextField(_("remark"), blank=True)
    reopened = models.PositiveSmallIntegerField(default=0, editable=False)
    state = models.CharField(
        max_length=10, choices=IssueState, default=IssueState.ASKED, editable=False
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-found_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_category_display()} {self.cause}"

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.mechanism.jurisdiction

    @property
    def audit_chain(self) -> str:
        return self.mechanism.audit_chain

    @property
    def is_asked(self) -> bool:
        return self.state == IssueState.ASKED

    @property
    def is_rectified(self) -> bool:
        return self.state == IssueState.RECTIFIED

    @property
    def state_pill(self) -> tuple[str, str, str]:
        kind, icon = PILLS[self.state]
        return kind, icon, self.get_state_display()

    def get_absolute_url(self) -> str:
        return reverse("workplans:issue", args=[self.public_id])

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.disputes import Dispute
from cases.models.intake import OfDispute
from members.models import Organization


class Look(models.TextChoices):
    """看什么, in the order of the text."""

    CLAIMS = "claims", _("What the plaintiff claims")
    SCOPE = "scope", _("Scope of cases accepted")
    PLAINTIFF = "plaintiff", _("Standing of the plaintiff")
    DEFENDANT = "defendant", _("The right defendant")
    PERIOD = "period", _("Period to sue")
    RECONSIDERATION = "reconsideration", _("Look: administrative reconsideration")
    JURISDICTION = "jurisdiction", _("Look: jurisdiction")
    RULES = "rules", _("New rules of filing in judicial interpretations")


class Looked(models.TextChoices):
    MEETS = "meets", _("Meets it")
    FAILS = "fails", _("Does not meet it")
    WANTS = "wants", _("To be supplemented")
    NONE = "none", _("Does not apply")


class Advised(models.TextChoices):
    MEDIATION = "mediation", _("To be mediated before filing")
    FILED = "filed", _("To be filed")
    SUPPLEMENT = "supplement", _("To be supplemented first")
    NOT_FILED = "not_filed", _("Not to be filed")


COURTS_OWN = (Advised.FILED, Advised.NOT_FILED)
"""What a court alone decides (YN-22)."""


class Checklist(OfDispute):
    """“八看”清单: whether a dispute is fit for mediation, or to be filed (WJ-62)."""

    dispute = models.OneToOneField(Dispute, on_delete=models.CASCADE, related_name="checklist")
    decision = models.CharField(_("decision"), max_length=16, choices=Advised, blank=True)
    decided_on = models.DateField(null=True, editable=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return str(self.dispute)

    @property
    def advice(self) -> Advised | None:
        """What the eight looks speak for; None until all eight are taken."""
        return advice_of([look.verdict for look in self.looks.all()])


def advice_of(verdicts: list[str]) -> Advised | None:
    """One look that fails is against filing; one that wants more holds it up."""
    if len(verdicts) < len(Look):
        return None
    if Looked.FAILS in verdicts:
        return Advised.NOT_FILED
    return Advised.SUPPLEMENT if Looked.WANTS in verdicts else Advised.FILED


class ChecklistLook(models.Model):
    """One of the eight, with what was found."""

    checklist = models.ForeignKey(Checklist, on_delete=models.CASCADE, related_name="looks")
    look = models.CharField(max_length=16, choices=Look)
    verdict = models.CharField(max_length=8, choices=Looked)
    note = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["checklist", "look"], name="cases_look_once")
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_look_display()} {self.get_verdict_display()}"

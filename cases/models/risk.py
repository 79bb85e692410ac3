from typing import Never

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models.about import AboutDispute
from cases.models.disputes import Dispute
from cases.rating import RiskLevel
from foundations.access.fields import EncryptedTextField
from foundations.access.rows import MadeByForm
from members.models import Jurisdiction, Organization


class RiskRating(AboutDispute):
    """风险等级 of a dispute (A4): one row a rating, the last one holds; earlier ones stay.

    `proposed` is what the marks alone would give on that day. Never shown to the parties.
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="ratings")
    level = models.CharField(_("level"), max_length=8, choices=RiskLevel)
    proposed = models.CharField(max_length=8, choices=RiskLevel)
    flags = models.JSONField(default=list)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    rated_on = models.DateField(_("rated on"))
    rated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    review_on = models.DateField(_("to be reviewed on"))
    current = models.BooleanField(default=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dispute"], condition=Q(current=True), name="cases_one_rating"
            )
        ]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.dispute} {self.get_level_display()}"


class WarningKind(models.TextChoices):
    PETITION = "petition", _("Petition")
    CONFLICT = "conflict", _("Sign of serious conflict")
    STABILITY = "stability", _("Stability")
    OPINION = "opinion", _("Public opinion")


class WarningState(models.TextChoices):
    OPEN = "open", _("Followed up")
    CLOSED = "closed", _("Closed")


class EarlyWarning(MadeByForm):
    """信访和苗头预警 (GL-36, 38, CX-58): read by the justice bureau, the responsible unit, and
    whoever is assigned alone.

    `territory` is the township or subdistrict that keeps control; `what` names people and is
    encrypted.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT)
    dispute = models.ForeignKey(
        Dispute, null=True, blank=True, on_delete=models.CASCADE, related_name="warnings"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=WarningKind)
    level = models.CharField(_("level"), max_length=8, choices=RiskLevel)
    title = models.CharField(_("title, without names"), max_length=120)
    what = EncryptedTextField(_("what was noticed"))
    noticed_on = models.DateField(_("noticed on"))
    responsible = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("responsible unit"),
    )
    territory = models.ForeignKey(
        Organization,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("territory"),
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("assigned to"),
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        max_length=8, choices=WarningState, default=WarningState.OPEN, editable=False
    )
    closed_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["-noticed_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key

    def get_absolute_url(self) -> str:
        return reverse("cases:warning", args=[self.public_id])

    @property
    def is_open(self) -> bool:
        return self.state == WarningState.OPEN


class WarningEntry(models.Model):
    """What was done about a warning; `advice_of` is the court or the justice bureau that was
    listened to (GL-36)."""

    warning = models.ForeignKey(EarlyWarning, on_delete=models.PROTECT, related_name="entries")
    on = models.DateField(_("day"))
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    text = EncryptedTextField(_("what was done"))
    advice_of = models.ForeignKey(
        Organization,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("opinion of"),
    )

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return str(self.on)

    def save(self, *args: object, **kwargs: object) -> None:
        if self.pk is not None:
            raise TypeError("What was noted is never changed; note what came after it.")
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> Never:
        raise TypeError("What was noted is never deleted.")

from typing import Never

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models.about import AboutDispute
from cases.models.disputes import Dispute
from foundations.access.rows import MadeByForm
from members.models import Organization


class CoordinationGround(models.TextChoices):
    """Why several units have to see to a dispute together."""

    MAJOR = "major", _("Major or of great influence")
    COMPLEX = "complex", _("Complex or difficult")
    SENSITIVE = "sensitive", _("Sensitive")
    MASS = "mass", _("Mass dispute")
    FOREIGN = "foreign", _("Foreign-related")
    UNFIT = "unfit", _("Unfit for judgment")
    PETITION = "petition", _("Petition or stability")
    OTHER = "other", _("Other")


class CoordinationState(models.TextChoices):
    OPEN = "open", _("In progress")
    CLOSED = "closed", _("Closed")


class CoordinationResult(models.TextChoices):
    SETTLED = "settled", _("Resolved in substance")
    PARTLY = "partly", _("Resolved in part")
    NOT = "not", _("Not resolved")
    COURT = "court", _("Left to be decided according to law")


class Coordination(AboutDispute):
    """会商（协调）: several units see to one dispute together (YN-34, GL-10, 37, WJ-15, 31).

    `closed_for_good` says that the dispute is resolved in substance (YN-11). It coordinates
    units; what a court decides on a pending case is no part of it (YN-22).
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="coordinations")
    opened_by = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("opened by")
    )
    ground = models.CharField(_("ground"), max_length=12, choices=CoordinationGround)
    reason = models.TextField(_("what is to be coordinated"))
    urgent = models.BooleanField(_("urgent, the leaders are alerted"), default=False)
    state = models.CharField(
        max_length=8, choices=CoordinationState, default=CoordinationState.OPEN, editable=False
    )
    opened_on = models.DateField(_("opened on"))
    result = models.CharField(max_length=8, choices=CoordinationResult, blank=True)
    summary = models.TextField(_("what it came to"), blank=True)
    closed_for_good = models.BooleanField(_("closed for good"), default=False)
    closed_on = models.DateField(_("closed on"), null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dispute"], condition=Q(state="open"), name="cases_one_coordination"
            )
        ]
        ordering = ["-opened_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.dispute} {self.get_ground_display()}"

    def get_absolute_url(self) -> str:
        return reverse("cases:coordination", args=[self.public_id])

    @property
    def is_open(self) -> bool:
        return self.state == CoordinationState.OPEN


class MemberAnswer(models.TextChoices):
    ASKED = "asked", _("Not confirmed yet")
    JOINED = "joined", _("Takes part")
    DECLINED = "declined", _("Does not take part")


class CoordinationMember(models.Model):
    """A unit that takes part, and its people; a unit answers for itself."""

    coordination = models.ForeignKey(
        Coordination, on_delete=models.CASCADE, related_name="members"
    )
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8, choices=MemberAnswer, default=MemberAnswer.ASKED)
    answered_on = models.DateField(null=True)
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    people = models.CharField(_("who comes"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["coordination", "organization"], name="cases_coordination_member"
            )
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.organization.short_name


class StepState(models.TextChoices):
    OPEN = "open", _("In progress")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class CoordinationStep(MadeByForm):
    """A measure with its owner and last day; the day is a limit of its own."""

    coordination = models.ForeignKey(Coordination, on_delete=models.CASCADE, related_name="steps")
    what = models.CharField(_("measure"), max_length=200)
    owed_by = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit")
    )
    due_on = models.DateField(_("due on"))
    state = models.CharField(
        max_length=8, choices=StepState, default=StepState.OPEN, editable=False
    )
    done_on = models.DateField(null=True, editable=False)
    outcome = models.CharField(_("outcome"), max_length=300, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.what

    @property
    def audit_chain(self) -> str:
        return self.coordination.audit_chain

    def get_absolute_url(self) -> str:
        return self.coordination.get_absolute_url()


class CoordinationEntry(models.Model):
    """What happened in a coordination; written once, never changed."""

    coordination = models.ForeignKey(
        Coordination, on_delete=models.PROTECT, related_name="entries"
    )
    on = models.DateField(_("day"))
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(_("what happened"))

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.text[:40]}"

    def save(self, *args: object, **kwargs: object) -> None:
        if self.pk is not None:
            raise TypeError("What was logged is never changed; log what came after it.")
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> Never:
        raise TypeError("What was logged is never deleted.")

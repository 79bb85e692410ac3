from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.disputes import Dispute
from cases.models.parties import Party
from cases.states import Track
from foundations.access.rows import MadeByForm, Record
from members.models import Organization, Person


class Choice(models.TextChoices):
    """What a party chose after it was guided."""

    RECONSIDERATION = "reconsideration", _("Administrative reconsideration")
    MEDIATION = "mediation", _("Mediation")
    SUIT = "suit", _("Administrative litigation")
    OPEN = "open", _("Not decided yet")


class Slot(models.TextChoices):
    """The three who take part for an agency, in the order of the text."""

    HEAD = "head", _("Head of the agency")
    DEPUTY = "deputy", _("Deputy head in charge")
    HANDLER = "handler", _("Handler")


class OfDispute(Record):
    """What hangs on a dispute and is shown on its page."""

    class Meta:
        abstract = True

    dispute: Any

    @property
    def audit_chain(self) -> str:
        return self.dispute.audit_chain

    def get_absolute_url(self) -> str:
        return self.dispute.get_absolute_url()


class Intake(OfDispute):
    """What was settled when a dispute was registered.

    `first_ground` is the ground of 复议前置 that was proposed, `first_refused` why it was
    not followed; `alike` are the disputes that looked like this one, `alike_reason` why it
    was registered all the same. `group_size` counts those of the parties' side who are not
    entered one by one.
    """

    dispute = models.OneToOneField(Dispute, on_delete=models.CASCADE, related_name="intake")
    track = models.CharField(_("track"), max_length=12, choices=Track, blank=True)
    group_size = models.PositiveIntegerField(_("persons on their side"), null=True, blank=True)
    first_ground = models.CharField(max_length=20, blank=True)
    first_refused = models.CharField(max_length=300, blank=True)
    alike: models.ManyToManyField = models.ManyToManyField(Dispute, related_name="+")
    alike_reason = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return str(self.dispute)


class Guidance(OfDispute):
    """引导记录: could the party be guided to reconsideration, was it, what it chose (YC-20)."""

    dispute = models.OneToOneField(Dispute, on_delete=models.CASCADE, related_name="guidance")
    possible = models.BooleanField(_("could be guided to reconsideration"))
    guided_on = models.DateField(_("guided on"), null=True, blank=True)
    chose = models.CharField(_("the party chose"), max_length=16, choices=Choice, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return str(self.dispute)


class Concerned(OfDispute):
    """涉案行政机关: an agency whose act the dispute is about, and its three people in it
    (WJ-25, 27, 81). The lead one is the dispute's `agency`."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="concerned")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("agency")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dispute", "organization"], name="cases_concerned_once"
            )
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.organization.short_name


class AgencySeat(models.Model):
    """One of the three who take part for an agency. The handler may have an account;
    `named_by` is the head of the agency who named the handler."""

    concerned = models.ForeignKey(Concerned, on_delete=models.CASCADE, related_name="seats")
    slot = models.CharField(max_length=8, choices=Slot)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    named_by = models.CharField(max_length=60, blank=True)
    named_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["concerned", "slot"], name="cases_seat_slot")
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_slot_display()} {self.person}"


class Reveal(MadeByForm):
    """查看明文: who opened a party's data, when and why. One form opens it once (P4)."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="reveals")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=200)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.party} {self.user}"

    @property
    def audit_chain(self) -> str:
        return self.party.audit_chain

    def get_absolute_url(self) -> str:
        return self.party.dispute.get_absolute_url()

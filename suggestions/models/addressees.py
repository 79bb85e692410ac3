from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import Record
from members.models import Jurisdiction, Organization
from suggestions.models.letters import Problem, Suggestion
from suggestions.states import (
    LIVE,
    AddresseeState,
    Attitude,
    Effect,
    MeasureState,
    ServiceMode,
    Verdict,
)

RECTIFY = "RECTIFY"
VERIFY = "VERIFY"
OBJECTION = "OBJECTION"


class AddresseeQuerySet(models.QuerySet):
    def live(self) -> Self:
        return self.filter(state__in=LIVE)

    def reply_overdue(self, *, on: date) -> Self:
        """Served, not replied to, after the last day."""
        return self.filter(state=AddresseeState.SERVED, reply_due_on__lt=on)

    def rectify_overdue(self, *, on: date) -> Self:
        return self.filter(state=AddresseeState.RECTIFYING, rectify_due_on__lt=on)

    def for_listing(self) -> Self:
        return self.select_related(
            "suggestion__issuer", "suggestion__jurisdiction", "organization"
        )


class Addressee(Record):
    """被建议单位: one row each, with its own service, reply, rectification and clocks.

    `reply_due_on` and `rectify_due_on` repeat the due days of its deadlines, written by
    the same actions, so that lists can sort by them. `registered` marks a unit without an
    account, for which the issuer enters the paper replies.
    """

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="addressees")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="suggestions_received"
    )
    order = models.PositiveSmallIntegerField(default=0)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        max_length=10, choices=AddresseeState, default=AddresseeState.DRAFT, editable=False
    )
    served_on = models.DateField(_("served on"), null=True, blank=True)
    service_mode = models.CharField(max_length=10, choices=ServiceMode, blank=True)
    service_note = models.CharField(_("proof of service"), max_length=200, blank=True)
    reply_due_on = models.DateField(null=True, blank=True, editable=False)
    replied_on = models.DateField(null=True, blank=True, editable=False)
    reply_late = models.BooleanField(default=False, editable=False)
    attitude = models.CharField(max_length=12, choices=Attitude, blank=True, editable=False)
    rectify_due_on = models.DateField(null=True, blank=True, editable=False)
    rectified_on = models.DateField(null=True, blank=True, editable=False)
    verified_on = models.DateField(null=True, blank=True, editable=False)
    effect = models.CharField(max_length=10, choices=Effect, blank=True, editable=False)
    closed_on = models.DateField(null=True, blank=True, editable=False)
    objects = AddresseeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion", "organization"], name="suggestions_addressee_once"
            )
        ]
        indexes = [
            models.Index(fields=["state", "reply_due_on"], name="suggestions_reply_due"),
            models.Index(fields=["organization", "state"], name="suggestions_unit"),
        ]
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.organization} {self.suggestion}"

    @property
    def audit_chain(self) -> str:
        return self.suggestion.audit_chain

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.suggestion.jurisdiction

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    def get_absolute_url(self) -> str:
        return f"{self.suggestion.get_absolute_url()}#a-{self.public_id}"


class OfAddressee(Record):
    """What hangs on an addressee: told in its trail, found on its page."""

    addressee: "models.ForeignKey[Addressee, Addressee]"

    class Meta:
        abstract = True

    @property
    def audit_chain(self) -> str:
        return self.addressee.audit_chain

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.addressee.jurisdiction

    def get_absolute_url(self) -> str:
        return self.addressee.get_absolute_url()


class Reply(OfAddressee):
    """回复: what an addressee answers. The last one counts; `posted_on` decides if in time."""

    addressee = models.ForeignKey(Addressee, on_delete=models.PROTECT, related_name="replies")
    attitude = models.CharField(_("attitude"), max_length=12, choices=Attitude)
    reason = models.TextField(_("reasons"), blank=True)
    text = models.TextField(_("reply"), blank=True)
    number = models.CharField(_("number of the reply"), max_length=80, blank=True)
    received_on = models.DateField(_("received on"))
    posted_on = models.DateField(_("posted on"), null=True, blank=True)
    on_behalf = models.BooleanField(_("entered for a unit without an account"), default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.addressee} {self.received_on}"


class Position(models.Model):
    """What a reply says of one problem."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="positions")
    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="positions")
    attitude = models.CharField(max_length=12, choices=Attitude)
    reason = models.CharField(_("reasons"), max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reply", "problem"], name="suggestions_position_once")
        ]
        ordering = ["problem__order"]

    def __str__(self) -> str:
        return f"{self.problem_id} {self.attitude}"


class Measure(OfAddressee):
    """措施: what an addressee does about a problem, by whom and by when; evidence is attached."""

    addressee = models.ForeignKey(Addressee, on_delete=models.PROTECT, related_name="measures")
    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="measures")
    text = models.CharField(_("measure"), max_length=300)
    responsible = models.CharField(_("responsible person"), max_length=60)
    due_on = models.DateField(_("due"))
    state = models.CharField(
        max_length=6, choices=MeasureState, default=MeasureState.OPEN, editable=False
    )
    done_on = models.DateField(null=True, editable=False)
    done_note = models.CharField(_("how it was carried out"), max_length=500, blank=True)

    class Meta:
        ordering = ["problem__order", "pk"]

    def __str__(self) -> str:
        return self.text


class Verification(OfAddressee):
    """核查: the issuer looks whether the advice was carried out, and rates its effect."""

    addressee = models.ForeignKey(Addressee, on_delete=models.PROTECT, related_name="checks")
    verdict = models.CharField(_("verdict"), max_length=6, choices=Verdict)
    effect = models.CharField(_("effect"), max_length=10, choices=Effect, blank=True)
    on = models.DateField(_("verified on"))
    remark = models.TextField(_("remark"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.addressee} {self.on}"


class ExtensionRequest(OfAddressee):
    """An addressee asks for more time to reply; the issuer grants it, or not."""

    addressee = models.ForeignKey(Addressee, on_delete=models.PROTECT, related_name="extensions")
    until_on = models.DateField(_("until"))
    reason = models.CharField(_("reason"), max_length=300)
    granted = models.BooleanField(null=True, editable=False)
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["addressee"],
                condition=models.Q(granted=None),
                name="suggestions_one_request",
            )
        ]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.addressee} {self.until_on}"

"""Hearings of suits and of reconsiderations, and how each agency stood in them."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.hearings.states import (
    AppearanceState,
    Belongs,
    Breach,
    Call,
    Cause,
    Finding,
    Ground,
    HearingState,
    Identity,
    Joint,
    Level,
    Manner,
    Speech,
)
from cases.models.parties import Participant
from cases.models.procedures import Procedure
from foundations.access.rows import MadeByForm, Record
from members.models import Organization

PILLS = {
    HearingState.SET: ("wait", "calendar3"),
    HearingState.HELD: ("done", "check-circle-fill"),
    HearingState.ADJOURNED: ("soon", "arrow-return-right"),
    HearingState.CANCELLED: ("void", "slash-circle"),
}
APPEARANCE_PILLS = {
    AppearanceState.AWAITED: ("wait", "calendar3"),
    AppearanceState.UNRECORDED: ("soon", "pencil"),
    AppearanceState.APPEARED: ("done", "check-circle-fill"),
    AppearanceState.JOINT: ("done", "people"),
    AppearanceState.EARLIER: ("done", "check-circle"),
    AppearanceState.EXCUSED: ("notyet", "info-circle"),
    AppearanceState.ABSENT: ("over", "x-circle"),
    AppearanceState.OFF: ("void", "slash-circle"),
}


class HearingQuerySet(models.QuerySet["Hearing"]):
    def for_listing(self) -> Self:
        return self.select_related("procedure__dispute", "procedure__organ")

    def ahead(self) -> Self:
        return self.filter(state=HearingState.SET)


class Hearing(MadeByForm):
    """开庭 / 听证: one hearing of a procedure, set by the organ's own people.

    `nth` counts the hearings of the procedure that were not called off. `told_on` is the
    day on which the last of the parties was summoned. `earlier` is the adjourned hearing
    that it takes the place of; `cause` and `reason` say why this one was adjourned,
    cancelled, set at short notice or entered later. `sequence` rises when its day, time or
    place changes.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="hearings")
    nth = models.PositiveSmallIntegerField(default=1, editable=False)
    on = models.DateField(_("day"))
    starts_at = models.TimeField(_("time"))
    place = models.CharField(_("place"), max_length=120)
    manner = models.CharField(_("manner"), max_length=8, choices=Manner, default=Manner.PUBLIC)
    matters = models.TextField(_("matters to be heard"), blank=True)
    state = models.CharField(
        max_length=10, choices=HearingState, default=HearingState.SET, editable=False
    )
    earlier = models.OneToOneField(
        "self", null=True, editable=False, on_delete=models.PROTECT, related_name="later"
    )
    told_on = models.DateField(null=True, editable=False)
    cause = models.CharField(max_length=8, choices=Cause, blank=True, editable=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    sequence = models.PositiveSmallIntegerField(default=0, editable=False)
    objects = HearingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "on"],
                condition=Q(state__in=("set", "held")),
                name="cases_hearing_day",
            )
        ]
        indexes = [models.Index(fields=["on", "starts_at"], name="cases_hearing_calendar")]
        ordering = ["on", "starts_at", "pk"]

    def __str__(self) -> str:
        return f"{self.procedure.dispute.title} {self.on}"

    @property
    def audit_chain(self) -> str:
        return self.procedure.audit_chain

    def get_absolute_url(self) -> str:
        return reverse("cases:hearing", args=[self.public_id])

    @property
    def is_ahead(self) -> bool:
        return self.state == HearingState.SET

    @property
    def is_held(self) -> bool:
        return self.state == HearingState.HELD

    @property
    def state_pill(self) -> tuple[str, str, str]:
        return (*PILLS[HearingState(self.state)], str(self.get_state_display()))


class AppearanceQuerySet(models.QuerySet["Appearance"]):
    def for_listing(self) -> Self:
        return self.select_related(
            "organization", "hearing__procedure__dispute", "hearing__procedure__organ"
        )


class Appearance(Record):
    """出庭应诉: one agency at one hearing, from the notice to what the organ recorded (I12).

    The reply slip says who is to come, the record who came. `reasons` are why the head has
    to come, `called_on` the day on which the paper `call` reached the agency. `state` and
    `breach` are derived by `cases.actions.appearances` from `cases.hearings.attendance`.
    """

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="appearances")
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="appearances"
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="appearances"
    )
    # why and how the head was called
    reasons = models.JSONField(default=list, blank=True)
    reasons_note = models.CharField(max_length=200, blank=True)
    call = models.CharField(max_length=12, choices=Call, blank=True, editable=False)
    called_on = models.DateField(null=True, editable=False)
    # the reply slip
    replied_at = models.DateTimeField(null=True, editable=False)
    coming = models.BooleanField(null=True, editable=False)
    planned_name = models.CharField(max_length=60, blank=True)
    planned_post = models.CharField(max_length=80, blank=True)
    planned_level = models.CharField(max_length=8, choices=Level, blank=True)
    planned_staff = models.CharField(max_length=300, blank=True)
    identity = models.CharField(
        max_length=12, choices=Identity, default=Identity.NONE, editable=False
    )
    identity_note = models.CharField(max_length=200, blank=True, editable=False)
    joint = models.CharField(max_length=8, choices=Joint, blank=True, editable=False)
    joint_with = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.PROTECT, related_name="stands_for"
    )
    # why the head cannot come
    ground = models.CharField(max_length=8, choices=Ground, blank=True, editable=False)
    excuse = models.TextField(blank=True, editable=False)
    asks_adjournment = models.BooleanField(default=False, editable=False)
    finding = models.CharField(
        max_length=8, choices=Finding, default=Finding.PENDING, editable=False
    )
    finding_note = models.CharField(max_length=300, blank=True, editable=False)
    # what happened
    recorded_at = models.DateTimeField(null=True, editable=False)
    came = models.BooleanField(_("somebody came as head"), default=False)
    head_name = models.CharField(_("name"), max_length=60, blank=True)
    head_post = models.CharField(_("post"), max_length=80, blank=True)
    level = models.CharField(_("level"), max_length=8, choices=Level, blank=True)
    belongs = models.CharField(_("head of"), max_length=12, choices=Belongs, default=Belongs.OWN)
    speech = models.JSONField(default=list, blank=True)
    staff = models.CharField(_("staff who came"), max_length=300, blank=True)
    lawyers = models.CharField(_("lawyers who came"), max_length=200, blank=True)
    left = models.BooleanField(_("left without leave"), default=False)
    refused = models.BooleanField(_("refused to explain"), default=False)
    note = models.CharField(_("remark"), max_length=500, blank=True)
    # derived
    state = models.CharField(
        max_length=12, choices=AppearanceState, default=AppearanceState.AWAITED, editable=False
    )
    breach = models.CharField(max_length=12, choices=Breach, blank=True, editable=False)
    objects = AppearanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hearing", "participant"], name="cases_appearance_once"
            )
        ]
        indexes = [models.Index(fields=["organization", "state"], name="cases_appearance_state")]
        ordering = ["hearing", "participant__order", "pk"]

    def __str__(self) -> str:
        return f"{self.organization.short_name} {self.hearing}"

    @property
    def audit_chain(self) -> str:
        return self.hearing.audit_chain

    def get_absolute_url(self) -> str:
        return f"{self.hearing.get_absolute_url()}#a-{self.public_id}"

    @property
    def spoken(self) -> str:
        """On what the head spoke."""
        return "、".join(str(Speech(one).label) for one in self.speech)

    @property
    def recorded(self) -> bool:
        return self.recorded_at is not None

    @property
    def state_pill(self) -> tuple[str, str, str]:
        pill = APPEARANCE_PILLS[AppearanceState(self.state)]
        return (*pill, str(self.get_state_display()))


class Preparation(Record):
    """庭前准备和庭后总结: the agency's own; nobody of the other side reads it (CX-14, 17).

    `done` are the keys of `cases.hearings.states.Task` that are seen to.
    """

    appearance = models.OneToOneField(
        Appearance, on_delete=models.PROTECT, related_name="preparation"
    )
    done = models.JSONField(default=list, blank=True)
    note = models.TextField(_("what is still to do"), blank=True)
    summary = models.TextField(_("what was learned"), blank=True)
    measures = models.TextField(_("what is done about it"), blank=True)
    summed_up_on = models.DateField(null=True, editable=False)

    def __str__(self) -> str:
        return str(self.appearance)

    @property
    def audit_chain(self) -> str:
        return self.appearance.audit_chain

    def get_absolute_url(self) -> str:
        return self.appearance.get_absolute_url()

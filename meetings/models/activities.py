"""Joint activities: what the sides do together besides meeting, and who was asked to it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Hearing, Procedure
from foundations.access.rows import MadeByForm, Record
from mechanisms.models import Mechanism
from meetings.states import (
    COMING,
    OBSERVED,
    PUBLISHED,
    RESEARCHED,
    TAKEN_PLACE,
    ActivityKind,
    ActivityState,
    AnswerState,
    GuestGroup,
    Medium,
    PublicityContent,
)
from members.models import Jurisdiction, Organization

ACTIVITY_PILLS = {
    ActivityState.PLANNED: ("notyet", "calendar3"),
    ActivityState.ANNOUNCED: ("open", "send"),
    ActivityState.HELD: ("open", "people"),
    ActivityState.CONCLUDED: ("done", "check-circle-fill"),
    ActivityState.CANCELLED: ("void", "slash-circle"),
}


class ActivityQuerySet(models.QuerySet["Activity"]):
    def taken_place(self) -> Self:
        return self.filter(state__in=TAKEN_PLACE)

    def coming(self) -> Self:
        return self.filter(state__in=COMING)

    def for_listing(self) -> Self:
        return self.select_related("mechanism__jurisdiction", "host").order_by("-month", "-pk")


class Activity(MadeByForm):
    """联合活动. `state` is written only by `meetings.actions`.

    One of the plan of the year has a `month` (its first day) and no day yet; `on` is the
    first day, `until` the last one of several. `host` answers for it, `co_hosts` share it.
    `members` are those who do a joint research, as typed. `sequence` rises when day or
    place change after it was announced.
    """

    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="activities")
    kind = models.CharField(_("kind"), max_length=32, choices=ActivityKind)
    title = models.CharField(_("title"), max_length=200)
    about = models.TextField(_("what it is about"), blank=True)
    host = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("host")
    )
    co_hosts: models.ManyToManyField = models.ManyToManyField(
        Organization, blank=True, related_name="+", verbose_name=_("co-hosts")
    )
    state = models.CharField(
        max_length=12, choices=ActivityState, default=ActivityState.PLANNED, editable=False
    )
    month = models.DateField(_("month"), editable=False)
    on = models.DateField(_("day"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    starts_at = models.TimeField(_("begins at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    hearing = models.ForeignKey(
        Hearing, null=True, blank=True, on_delete=models.PROTECT, related_name="observations"
    )
    visited = models.ForeignKey(
        Organization,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("unit or place visited"),
    )
    members = models.CharField(_("who does the research"), max_length=300, blank=True)
    sign_up_by = models.DateField(_("sign up by"), null=True, blank=True)
    report_due_on = models.DateField(_("report due on"), null=True, blank=True)
    medium = models.CharField(_("medium"), max_length=12, choices=Medium, blank=True)
    link = models.CharField(_("where it is published"), max_length=300, blank=True)
    content = models.CharField(
        _("what is published"), max_length=16, choices=PublicityContent, blank=True
    )
    masked = models.BooleanField(_("parties are masked"), default=False)
    announced_at = models.DateTimeField(null=True, editable=False)
    held_on = models.DateField(null=True, editable=False)
    concluded_on = models.DateField(null=True, editable=False)
    summary = models.TextField(_("outcome"), blank=True, editable=False)
    discussion = models.TextField(_("discussion afterwards"), blank=True, editable=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)
    sequence = models.PositiveSmallIntegerField(default=0, editable=False)
    objects = ActivityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(held_on__isnull=False) | ~Q(state__in=sorted(TAKEN_PLACE)),
                name="meetings_activity_held",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(on__isnull=False, until__gte=models.F("on")),
                name="meetings_activity_days",
            ),
        ]
        indexes = [models.Index(fields=["mechanism", "month"], name="meetings_activity_month")]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_chain(self) -> str:
        return self.mechanism.audit_chain

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.mechanism.jurisdiction

    @property
    def state_pill(self) -> tuple[str, str, str]:
        return (*ACTIVITY_PILLS[ActivityState(self.state)], str(self.get_state_display()))

    @property
    def is_coming(self) -> bool:
        return self.state in COMING

    @property
    def took_place(self) -> bool:
        return self.state in TAKEN_PLACE

    @property
    def is_observed(self) -> bool:
        return self.kind in OBSERVED

    @property
    def is_researched(self) -> bool:
        return self.kind in RESEARCHED

    @property
    def is_published(self) -> bool:
        return self.kind in PUBLISHED

    @property
    def is_file_review(self) -> bool:
        return self.kind == ActivityKind.FILE_REVIEW

    @property
    def hosts(self) -> list[Organization]:
        """The host first."""
        return [self.host, *(one for one in self.co_hosts.all() if one.pk != self.host_id)]

    def get_absolute_url(self) -> str:
        return reverse("meetings:activity", args=[self.public_id])


class ActivityInvitation(Record):
    """A unit or a group of guests asked to an activity; a unit signs up for itself, the host
    for guests. `seats` is how many may come, `came` how many did."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="invitations")
    group = models.CharField(_("who"), max_length=24, choices=GuestGroup, default=GuestGroup.UNIT)
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    told_at = models.DateTimeField(null=True, editable=False)
    answer = models.CharField(
        max_length=8, choices=AnswerState, default=AnswerState.NONE, editable=False
    )
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    came = models.PositiveSmallIntegerField(_("came"), null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "organization"],
                condition=Q(organization__isnull=False),
                name="meetings_asked_once",
            ),
            models.UniqueConstraint(
                fields=["activity", "group"],
                condition=Q(organization__isnull=True),
                name="meetings_group_once",
            ),
            models.CheckConstraint(
                condition=Q(group=GuestGroup.UNIT, organization__isnull=False)
                | (~Q(group=GuestGroup.UNIT) & Q(organization__isnull=True)),
                name="meetings_asked_who",
            ),
        ]
        ordering = ["organization__order", "pk"]

    def __str__(self) -> str:
        return f"{self.activity} {self.who}"

    @property
    def audit_chain(self) -> str:
        return self.activity.audit_chain

    @property
    def who(self) -> str:
        if self.organization is not None:
            return self.organization.short_name
        return str(self.get_group_display())

    def get_absolute_url(self) -> str:
        return self.activity.get_absolute_url()


class Attendee(models.Model):
    """Somebody signed up on an invitation, or who came without (`signed_up` is False); `came`
    is None until attendance is recorded."""

    invitation = models.ForeignKey(
        ActivityInvitation, on_delete=models.CASCADE, related_name="attendees"
    )
    name = models.CharField(_("name"), max_length=60)
    post = models.CharField(_("post"), max_length=120, blank=True)
    came = models.BooleanField(null=True)
    signed_up = models.BooleanField(default=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.post}".strip()


class ActivityOpinion(MadeByForm):
    """What an observer or participant said of it afterwards (GL-30); `helped` when they
    helped to mediate (WJ-72)."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="opinions")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    author = models.CharField(_("who says it"), max_length=60)
    on = models.DateField(_("day"))
    text = models.TextField(_("opinion"))
    helped = models.BooleanField(_("helped to mediate"), default=False)

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.activity} {self.author}"

    @property
    def audit_chain(self) -> str:
        return self.activity.audit_chain

    def get_absolute_url(self) -> str:
        return self.activity.get_absolute_url()


class ActivityReport(Record):
    """The report on a research, or what else was to be handed in; its file is attached."""

    activity = models.OneToOneField(Activity, on_delete=models.PROTECT, related_name="report")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(_("handed in on"))
    text = models.TextField(_("main findings"))
    recipients = models.CharField(_("sent to"), max_length=300, blank=True)
    copied_to = models.CharField(_("copied to"), max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.activity} {self.on}"

    @property
    def audit_chain(self) -> str:
        return self.activity.audit_chain

    def get_absolute_url(self) -> str:
        return self.activity.get_absolute_url()


class ReviewedFile(MadeByForm):
    """One file of a case-file review, with its score (YC-25, WJ-53); `procedure` where it is
    a case of this portal."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="files")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("whose file")
    )
    name = models.CharField(_("file"), max_length=120)
    procedure = models.ForeignKey(
        Procedure,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("case"),
    )
    reviewer = models.CharField(_("reviewed by"), max_length=60, blank=True)
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=2)
    findings = models.TextField(_("findings"), blank=True)
    award = models.CharField(_("award"), max_length=60, blank=True)

    class Meta:
        ordering = ["-score", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=100), name="meetings_review_score"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_chain(self) -> str:
        return self.activity.audit_chain

    def get_absolute_url(self) -> str:
        return self.activity.get_absolute_url()

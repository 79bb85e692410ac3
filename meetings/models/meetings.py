from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import MadeByForm, Record
from foundations.access.visibility import Visibility
from mechanisms.models import Mechanism
from meetings.states import AHEAD, HELD, MeetingKind, MeetingState, TextClass, TextState
from members.models import Jurisdiction, Organization, Person
from members.states import Side

if TYPE_CHECKING:
    from meetings.models.texts import MeetingText


class MeetingSeries(Record):
    """定期会议安排: the grid of regular meetings, origin + k·N months (R-2, C5).

    A restart ends this grid on a day and begins another with a reason.
    """

    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="series")
    origin_on = models.DateField(_("origin"))
    first_host = models.CharField(_("first host"), max_length=16, choices=Side)
    ended_on = models.DateField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mechanism"],
                condition=Q(ended_on__isnull=True),
                name="meetings_one_series",
            )
        ]

    def __str__(self) -> str:
        return f"{self.mechanism} {self.origin_on}"

    @property
    def audit_chain(self) -> str:
        return self.mechanism.audit_chain

    def get_absolute_url(self) -> str:
        return reverse("meetings:plan", args=[self.mechanism.key])


STATE_PILLS = {
    MeetingState.PROPOSED: ("wait", "hourglass-split"),
    MeetingState.REFUSED: ("void", "slash-circle"),
    MeetingState.PLANNED: ("notyet", "calendar3"),
    MeetingState.COLLECTING: ("open", "arrow-right-circle"),
    MeetingState.NOTIFIED: ("open", "send"),
    MeetingState.HELD: ("open", "people"),
    MeetingState.DRAFTED: ("open", "hourglass-split"),
    MeetingState.CONFIRMED: ("kept", "check-circle"),
    MeetingState.CLOSED: ("done", "check-circle-fill"),
    MeetingState.CANCELLED: ("void", "slash-circle"),
}


class MeetingQuerySet(models.QuerySet):
    def ahead(self) -> Self:
        return self.filter(state__in=AHEAD)

    def held(self) -> Self:
        return self.filter(state__in=HELD)

    def regular(self) -> Self:
        return self.filter(kind=MeetingKind.REGULAR)

    def for_listing(self) -> Self:
        return self.select_related("mechanism__jurisdiction", "host_organization").order_by(
            "-planned_on", "-pk"
        )


class Meeting(MadeByForm):
    """会议. `state` is written only by `meetings.actions`.

    `nominal_on` is the day of the grid; `planned_on` the day proposed or agreed, moved off
    rest days. `host` is one side; `hosts` lists all of them where a profile has co-hosts.
    """

    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="meetings")
    series = models.ForeignKey(
        MeetingSeries, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings"
    )
    kind = models.CharField(max_length=8, choices=MeetingKind)
    ordinal = models.PositiveIntegerField(null=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    state = models.CharField(max_length=12, choices=MeetingState, editable=False)
    visibility = models.CharField(max_length=16, choices=Visibility, default=Visibility.JOINT)
    nominal_on = models.DateField(null=True, editable=False)
    planned_on = models.DateField(_("day"))
    day_agreed_at = models.DateTimeField(null=True, editable=False)
    postponed_from = models.DateField(null=True, editable=False)
    starts_at = models.TimeField(_("begins at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    host = models.CharField(_("host"), max_length=16, choices=Side)
    hosts = models.JSONField(default=list)
    host_organization = models.ForeignKey(
        Organization, null=True, on_delete=models.PROTECT, related_name="+"
    )
    host_fixed = models.BooleanField(default=False, editable=False)
    host_reason = models.CharField(max_length=300, blank=True, editable=False)
    turn_passed = models.BooleanField(default=False, editable=False)
    chair = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    topics_due_on = models.DateField(_("topics due"), null=True, blank=True)
    agenda_agreed_at = models.DateTimeField(null=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    held_on = models.DateField(null=True, editable=False)
    closed_reason = models.CharField(max_length=300, blank=True, editable=False)
    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "ordinal"], name="meetings_series_ordinal"),
            models.CheckConstraint(
                condition=Q(held_on__isnull=False) | ~Q(state__in=sorted(HELD)),
                name="meetings_held_has_day",
            ),
        ]
        indexes = [models.Index(fields=["mechanism", "planned_on"], name="meetings_mechanism_day")]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_chain(self) -> str:
        return self.mechanism.jurisdiction.key

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.mechanism.jurisdiction

    @property
    def is_ahead(self) -> bool:
        return self.state in AHEAD

    @property
    def is_held(self) -> bool:
        return self.state in HELD

    @property
    def state_pill(self) -> tuple[str, str, str]:
        return (*STATE_PILLS[MeetingState(self.state)], self.get_state_display())

    @property
    def in_session(self) -> bool:
        return self.started_at is not None and self.ended_at is None

    @property
    def minutes(self) -> "MeetingText | None":
        """Its minutes, drafted or issued; None before they are drafted."""
        minutes = (text for text in self.texts.all() if text.text_class == TextClass.MINUTES)
        return next(minutes, None)

    @property
    def minutes_issued(self) -> bool:
        return self.minutes is not None and self.minutes.state == TextState.ISSUED

    def get_absolute_url(self) -> str:
        return reverse("meetings:detail", args=[self.public_id])


class RecorderDraft(models.Model):
    """What a recorder typed and has not yet saved as a record; survives a lost session."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="drafts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    field = models.CharField(max_length=60)
    text = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "user", "field"], name="meetings_one_draft")
        ]

    def __str__(self) -> str:
        return f"{self.meeting} {self.field}"

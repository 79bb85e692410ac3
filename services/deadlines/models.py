from datetime import date, timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import Record
from foundations.calendars.periods import Length, Unit
from foundations.calendars.periods import Pause as Span
from mechanisms.models import Mechanism, Provision
from members.models import Jurisdiction, Organization


class DeadlineState(models.TextChoices):
    OPEN = "open", _("Open")
    MET = "met", _("Met")
    MET_LATE = "met_late", _("Met late")
    SUSPENDED = "suspended", _("Suspended")
    CANCELLED = "cancelled", _("Cancelled")
    LAPSED = "lapsed", _("Lapsed")


class DeadlineQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(state=DeadlineState.OPEN)

    def duties(self) -> Self:
        """Open ones that somebody has to see to; a right that lapses is nobody's duty."""
        return self.open().filter(window=False)

    def overdue(self, *, on: date) -> Self:
        return self.duties().filter(due_on__lt=on)

    def due_within(self, days: int, *, on: date) -> Self:
        """Open duties, not overdue, due on `on` or within `days` days after it."""
        return self.duties().filter(due_on__range=(on, on + timedelta(days=days)))

    def about(self, subject: Record) -> Self:
        return self.filter(
            subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk
        )


class Deadline(Record):
    """期限: one time limit of one record, opened, met and cancelled by its actions only.

    `due_on` is the last day on which the duty can be done in time (inclusive). `length`
    and `unit` say how it is counted from the trigger, or back from it with `before`; a
    length of None was set by hand. `own_length` marks one that a letter named, which no
    change of the law moves. `window` marks a right that somebody has until the last day and
    that then lapses: `owed_by` watches it, nobody is late. `mechanism` is the institution
    that was asked for a length. `counted_with` names the calendar and the law it was last
    counted by; empty for a day set by hand.
    """

    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject: Any = GenericForeignKey("subject_type", "subject_id")
    rule = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT)
    owed_by = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="deadlines")
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="deadlines"
    )
    provision = models.ForeignKey(
        Provision, null=True, on_delete=models.PROTECT, related_name="deadlines"
    )
    mechanism = models.ForeignKey(
        Mechanism, null=True, on_delete=models.PROTECT, related_name="deadlines"
    )
    basis = models.CharField(max_length=200, blank=True)
    trigger_on = models.DateField()
    nominal_on = models.DateField()
    due_on = models.DateField()
    steps = models.JSONField(default=list)
    provisional = models.BooleanField(default=False)
    length_n = models.PositiveSmallIntegerField(null=True)
    length_unit = models.CharField(max_length=8, blank=True, choices=[(u, u) for u in Unit])
    before = models.BooleanField(default=False)
    own_length = models.BooleanField(default=False)
    window = models.BooleanField(default=False)
    counted_with = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=12, choices=DeadlineState, default=DeadlineState.OPEN)
    closed_on = models.DateField(null=True)
    objects = DeadlineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "rule", "owed_by"],
                condition=Q(state__in=("open", "suspended")),
                name="deadlines_one_open",
            )
        ]
        indexes = [
            models.Index(fields=["due_on"], name="deadlines_open_due", condition=Q(state="open")),
            models.Index(fields=["subject_type", "subject_id"], name="deadlines_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.due_on}"

    @property
    def length(self) -> Length | None:
        return Length(self.length_n, Unit(self.length_unit)) if self.length_n is not None else None

    @length.setter
    def length(self, value: Length | None) -> None:
        self.length_n = value.n if value else None
        self.length_unit = str(value.unit) if value else ""

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key

    def day_on(self, today: date) -> date:
        """The day to act by, as it is shown on a day: what must be done before an event is
        done on a working day, so earlier where the last day is a rest day (C14)."""
        earlier = next((step["on"] for step in self.steps if step["step"] == "earlier"), None)
        act_by = date.fromisoformat(earlier) if earlier else self.due_on
        return act_by if self.closed_on is None and today <= act_by else self.due_on

    def get_absolute_url(self) -> str:
        return self.subject.get_absolute_url()


class Pause(models.Model):
    """停算: the limit's clock stood still, both days included; `last_on` None while it does."""

    deadline = models.ForeignKey(Deadline, on_delete=models.CASCADE, related_name="pauses")
    first_on = models.DateField()
    last_on = models.DateField(null=True)
    reason = models.CharField(max_length=200)
    paper = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["deadline"], condition=Q(last_on=None), name="deadlines_one_pause"
            ),
            models.CheckConstraint(
                condition=Q(last_on=None) | Q(last_on__gte=models.F("first_on")),
                name="deadlines_pause_order",
            ),
        ]
        ordering = ["first_on", "pk"]

    def __str__(self) -> str:
        return f"{self.first_on}..{self.last_on or ''}"

    @property
    def span(self) -> Span:
        """Of a pause that has ended; one that has not counts for its first day."""
        return Span(self.first_on, self.last_on or self.first_on, self.reason, self.paper)


class Extension(models.Model):
    """延长: by a length from the nominal end, or to a day."""

    deadline = models.ForeignKey(Deadline, on_delete=models.CASCADE, related_name="extensions")
    length_n = models.PositiveSmallIntegerField(null=True)
    length_unit = models.CharField(max_length=8, blank=True, choices=[(u, u) for u in Unit])
    until_on = models.DateField(null=True)
    reason = models.CharField(max_length=200)
    paper = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(length_n=None, until_on__isnull=False)
                | Q(length_n__isnull=False, until_on=None),
                name="deadlines_extension_one",
            )
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.until_on or f"{self.length_n} {self.length_unit}")

    @property
    def by(self) -> Length | date:
        return self.until_on or Length(self.length_n or 0, Unit(self.length_unit))


class MoveState(models.TextChoices):
    PROPOSED = "proposed", _("To be confirmed")
    CONFIRMED = "confirmed", _("Confirmed")
    DISMISSED = "dismissed", _("Kept as it was")
    OUTDATED = "outdated", _("Outdated")


class Move(Record):
    """A last day that a changed calendar or rule would move; a person confirms it."""

    deadline = models.ForeignKey(Deadline, on_delete=models.CASCADE, related_name="moves")
    before_on = models.DateField()
    after_on = models.DateField()
    counted_with = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=MoveState, default=MoveState.PROPOSED)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["deadline"], condition=Q(state="proposed"), name="deadlines_one_move"
            )
        ]

    def __str__(self) -> str:
        return f"{self.before_on} → {self.after_on}"

    def settle(self, state: MoveState, reason: str = "") -> None:
        """For actions only: what became of it."""
        self.state, self.reason = state, reason[:200]
        self.store()

    @property
    def audit_chain(self) -> str:
        return self.deadline.audit_chain


class Reminder(models.Model):
    """提醒: a stage that a limit has reached; once for a due day. `told_at` None: not told yet."""

    deadline = models.ForeignKey(Deadline, on_delete=models.CASCADE, related_name="reminders")
    due_on = models.DateField()
    stage = models.CharField(max_length=12)
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "due_on", "stage"], name="deadlines_remind_once"
            )
        ]
        indexes = [models.Index(fields=["id"], name="deadlines_untold", condition=Q(told_at=None))]

    def __str__(self) -> str:
        return f"{self.deadline} {self.stage}"


class Digest(Record):
    """每日提醒: what one person was told of all limits on a working day, in one mail."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="digests"
    )
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "on"], name="deadlines_one_digest")
        ]

    def __str__(self) -> str:
        return f"{self.recipient} {self.on}"

    @property
    def audit_chain(self) -> str:
        return self.recipient.audit_chain

    def get_absolute_url(self) -> str:
        return reverse("deadlines:list")

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import Record
from foundations.access.visibility import Visibility
from meetings.models.meetings import Meeting
from meetings.models.topics import CLOSED, Topic
from meetings.states import ReportVerdict, ResolutionState
from members.models import Jurisdiction, Organization

PILLS = {
    ResolutionState.DRAFT: ("draft", "pencil"),
    ResolutionState.OPEN: ("open", "arrow-right-circle"),
    ResolutionState.DONE: ("done", "check-circle-fill"),
    ResolutionState.CANCELLED: ("void", "x-circle"),
}


class ResolutionQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(state=ResolutionState.OPEN)

    def overdue(self, *, on: date) -> Self:
        """Still open after its last day."""
        return self.open().filter(due_on__lt=on)

    def for_listing(self) -> Self:
        return self.select_related("meeting__mechanism__jurisdiction", "lead", "topic").order_by(
            "due_on", "pk"
        )


class Resolution(Record):
    """议定事项, with its responsible unit and due date; followed up until it is done."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="resolutions")
    topic = models.ForeignKey(
        Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="resolutions"
    )
    order = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("matter"), max_length=500)
    lead = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="resolutions"
    )
    support = models.ManyToManyField(Organization, blank=True, related_name="+")
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    visibility = models.CharField(max_length=16, choices=Visibility, default=Visibility.JOINT)
    state = models.CharField(
        max_length=10, choices=ResolutionState, default=ResolutionState.DRAFT, editable=False
    )
    done_on = models.DateField(null=True, editable=False)
    reason = models.CharField(max_length=300, blank=True, editable=False)
    objects = ResolutionQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "order", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def audit_chain(self) -> str:
        return self.meeting.audit_chain

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.meeting.mechanism.jurisdiction

    @property
    def closed(self) -> bool:
        """Made on a confidential topic: only for those whom it is opened to (YN-21)."""
        return self.visibility == Visibility.INVITED

    @property
    def shown_text(self) -> str:
        """The words for readers of what hangs on it, who may not know them (YN-21)."""
        return CLOSED if self.closed else self.text

    @property
    def audit_closed(self) -> bool:
        return self.closed

    @property
    def audit_label(self) -> str:
        return f"{CLOSED} {self.public_id}" if self.closed else self.text

    @property
    def is_open(self) -> bool:
        return self.state == ResolutionState.OPEN

    @property
    def state_pill(self) -> tuple:
        """Kind, icon and words of the state."""
        return (*PILLS[ResolutionState(self.state)], self.get_state_display())

    def get_absolute_url(self) -> str:
        return reverse("meetings:resolution", args=[self.public_id])


class ProgressReportQuerySet(models.QuerySet):
    def to_check(self) -> Self:
        """Reported as carried out, not yet accepted or sent back."""
        return self.filter(
            done=True, verdict=ReportVerdict.NONE, resolution__state=ResolutionState.OPEN
        )


class ProgressReport(Record):
    """进展: what the responsible unit reports; `done` asks to count it as carried out,
    which a secretariat accepts or sends back with a remark (`verdict`)."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="reports")
    text = models.TextField(_("progress"))
    done = models.BooleanField(_("carried out"), default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    organization = models.ForeignKey(Organization, null=True, on_delete=models.PROTECT)
    on = models.DateField()
    verdict = models.CharField(
        max_length=10, choices=ReportVerdict, default=ReportVerdict.NONE, editable=False
    )
    remark = models.CharField(max_length=300, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, editable=False)
    objects = ProgressReportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.resolution} {self.on}"

    @property
    def confidential(self) -> bool:
        """So is what is attached to a report on what was decided in confidence (YN-21)."""
        return self.resolution.closed

    @property
    def audit_label(self) -> str:
        return f"{self.resolution.audit_label} {self.on}"

    @property
    def waits(self) -> bool:
        """Reported as carried out, and nobody has checked it yet."""
        return self.done and self.verdict == ReportVerdict.NONE

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.resolution.jurisdiction

    @property
    def audit_chain(self) -> str:
        return self.resolution.audit_chain

    def get_absolute_url(self) -> str:
        return self.resolution.get_absolute_url()

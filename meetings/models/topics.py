from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import MadeByForm
from foundations.access.visibility import Visibility
from meetings.models.meetings import Meeting
from meetings.states import TopicOutcome, TopicState
from members.models import Jurisdiction, Organization, Person

# What the trail calls a confidential topic and what hangs on it (YN-21).
CLOSED = "内部保密议题"


class TopicQuerySet(models.QuerySet):
    def on_agenda(self) -> Self:
        return self.filter(state=TopicState.ACCEPTED)

    def undecided(self) -> Self:
        return self.filter(state=TopicState.SUBMITTED)

    def for_listing(self) -> Self:
        return self.select_related("organization", "presenter", "merged_into").order_by(
            "order", "pk"
        )


class Topic(MadeByForm):
    """议题, with the concrete opinion that YN-19 asks for; its material are attachments.

    `kind` is a key of the profile's topic types. A standing item (回头看) points to the
    first of the open resolutions of an earlier meeting that it follows up. `addressee` is
    the one of a suggestion whose plan it proposes as resolutions. `late_reason` says why it
    was taken after the day on which topics were due.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="topics")
    kind = models.CharField(_("type"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    opinion = models.TextField(_("concrete opinion"), blank=True)
    organization = models.ForeignKey(
        Organization, null=True, on_delete=models.PROTECT, related_name="topics"
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    presenter = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    presenter_name = models.CharField(_("presenter"), max_length=120, blank=True)
    minutes_planned = models.PositiveSmallIntegerField(_("minutes planned"), default=15)
    order = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(
        max_length=10, choices=TopicState, default=TopicState.SUBMITTED, editable=False
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)
    late_reason = models.CharField(max_length=300, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    carried_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="carried_to"
    )
    follows = models.ForeignKey(
        "meetings.Resolution", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    addressee = models.ForeignKey(
        "suggestions.Addressee",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    pending_case = models.BooleanField(_("touches a pending case"), default=False)
    confidential = models.BooleanField(_("confidential"), default=False)
    visibility = models.CharField(max_length=16, choices=Visibility, default=Visibility.MEETING)
    discussion = models.TextField(_("discussion"), blank=True)
    outcome = models.CharField(max_length=10, choices=TopicOutcome, blank=True)
    opened_at = models.DateTimeField(null=True, editable=False)
    seconds_spent = models.PositiveIntegerField(default=0, editable=False)
    objects = TopicQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["addressee"],
                condition=~models.Q(state=TopicState.WITHDRAWN),
                name="meetings_plan_once",
            )
        ]
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_chain(self) -> str:
        return self.meeting.audit_chain

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.meeting.mechanism.jurisdiction

    @property
    def presenter_label(self) -> str:
        return self.presenter.name if self.presenter else self.presenter_name

    @property
    def minutes_shown(self) -> int:
        """Minutes spent, begun ones counted whole; those planned until it is treated."""
        return -(-self.seconds_spent // 60) or self.minutes_planned

    @property
    def shown_title(self) -> str:
        """The title for readers of another topic, who may not know this one (YN-21)."""
        return gettext("Internal confidential topic") if self.confidential else self.title

    @property
    def audit_closed(self) -> bool:
        return self.confidential

    @property
    def audit_label(self) -> str:
        return f"{CLOSED} {self.public_id}" if self.confidential else self.title

    @property
    def is_standing(self) -> bool:
        """Put on the agenda by the portal itself, to follow up earlier resolutions."""
        return self.follows_id is not None

    @property
    def state_pill(self) -> tuple[str, str, str]:
        kind, icon = TOPIC_PILLS[self.outcome or self.state]
        words = self.get_outcome_display() if self.outcome else self.get_state_display()
        return kind, icon, words

    def get_absolute_url(self) -> str:
        return reverse("meetings:topic", args=[self.public_id])


TOPIC_PILLS: dict[str, tuple[str, str]] = {
    TopicState.SUBMITTED: ("wait", "inbox"),
    TopicState.ACCEPTED: ("open", "list-ol"),
    TopicState.MERGED: ("void", "sign-merge-left"),
    TopicState.DEFERRED: ("notyet", "arrow-right-circle"),
    TopicState.WITHDRAWN: ("void", "x-circle"),
    TopicOutcome.REPORTED: ("done", "check-circle-fill"),
    TopicOutcome.OPINION: ("done", "check-circle-fill"),
    TopicOutcome.CARRIED: ("open", "hourglass-split"),
}


class ReaderQuerySet(models.QuerySet):
    def named(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def signed(self) -> Self:
        return self.named().filter(signed_at__isnull=False)


class ConfidentialReader(models.Model):
    """A named reader of a confidential topic and its material; opens it only once the
    undertaking is signed (YN-21, G11). `undertaking` is the text as it was signed.

    Who is struck off keeps the row, with the day; named again, they sign again.
    """

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="readers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    named_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    undertaking = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)
    objects = ReaderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "user"], name="meetings_reader_once")
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.user}"

    def get_absolute_url(self) -> str:
        return self.topic.get_absolute_url()

    @property
    def audit_chain(self) -> str:
        return self.topic.audit_chain

    @property
    def audit_label(self) -> str:
        return f"{self.topic.audit_label} {self.user}"

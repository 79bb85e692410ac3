from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import Record
from foundations.access.visibility import Visibility
from meetings.models.meetings import Meeting
from meetings.states import TextClass, TextState
from members.models import Jurisdiction
from services.documents.models import OfficialDocument

PILLS = {
    TextState.DRAFT: ("draft", "pencil"),
    TextState.PROPOSED: ("open", "hourglass-split"),
    TextState.CONFIRMED: ("open", "check2-square"),
    TextState.ISSUED: ("done", "check-circle-fill"),
}


class MeetingText(Record):
    """会议讨论意见, 会议纪要 or 研讨共识 of a meeting: one draft after another, one issued.

    `body` is {"opening": str, "heard": [str], "held": [str], "resolved": [{"id", "text",
    "lead", "support", "due_on"}]}, `id` the resolution's public id. The
    readers of `visibility` MEETING are the participants, of JOINT the circulation list as
    well, of PUBLISHABLE the whole jurisdiction.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="texts")
    text_class = models.CharField(max_length=10, choices=TextClass)
    draft = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(_("title"), max_length=200)
    body = models.JSONField(default=dict)
    state = models.CharField(
        max_length=10, choices=TextState, default=TextState.DRAFT, editable=False
    )
    visibility = models.CharField(max_length=16, choices=Visibility, default=Visibility.MEETING)
    internal = models.BooleanField(default=False)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    document = models.OneToOneField(
        OfficialDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "text_class"], name="meetings_one_text_a_class"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_chain(self) -> str:
        return self.meeting.audit_chain

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.meeting.mechanism.jurisdiction

    @property
    def state_pill(self) -> tuple:
        """Kind, icon and words of the state."""
        return (*PILLS[TextState(self.state)], self.get_state_display())

    def get_absolute_url(self) -> str:
        return reverse("meetings:text", args=[self.public_id])


class TextDraft(models.Model):
    """A numbered draft as it was put to the sides; it never changes."""

    text = models.ForeignKey(MeetingText, on_delete=models.PROTECT, related_name="drafts")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    body = models.JSONField(default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["text", "number"], name="meetings_one_text_draft")
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.text} {self.number}"

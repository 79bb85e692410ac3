from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import MadeByForm, Record
from foundations.calendars.terms import Per
from mechanisms.models import Mechanism
from members.models import Jurisdiction, Organization
from workplans.states import ImportState, ListState

TERMS = (
    (Per.MONTH.value, _("Every month")),
    (Per.QUARTER.value, _("Every quarter")),
    (Per.HALF_YEAR.value, _("Every half-year")),
    (Per.YEAR.value, _("Every year")),
)
PILLS: dict[str, tuple[str, str]] = {
    ListState.DRAFT: ("draft", "pencil"),
    ListState.PUBLISHED: ("open", "flag"),
    ListState.CLOSED: ("done", "check-circle-fill"),
    ImportState.READY: ("wait", "hourglass-split"),
    ImportState.DONE: ("done", "check-circle-fill"),
    ImportState.DISCARDED: ("void", "x-circle"),
}


class TaskList(Record):
    """任务清单: who has to do what in a year, as one document states it.

    `keeper` is the unit that keeps the list and accepts reports beside the lead units.
    `reporting` is how often long-term tasks are reported on. `edition` counts the versions
    of the list of a year; a later one that is published `replaces` the earlier. Reports are
    asked for from `counts_from` on (inclusive): what was due before is not asked any more.
    """

    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="task_lists")
    keeper = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("kept by")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    title = models.CharField(_("title"), max_length=200)
    edition = models.PositiveSmallIntegerField(default=1, editable=False)
    reporting = models.CharField(
        _("long-term tasks are reported on"), max_length=10, choices=TERMS, default="quarter"
    )
    state = models.CharField(
        max_length=10, choices=ListState, default=ListState.DRAFT, editable=False
    )
    published_on = models.DateField(null=True, editable=False)
    counts_from = models.DateField(null=True, editable=False)
    closed_on = models.DateField(null=True, editable=False)
    replaces = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by", editable=False
    )
    rolled_from = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="rolled_into", editable=False
    )
    source = models.ForeignKey(
        "workplans.ListImport", null=True, on_delete=models.PROTECT, related_name="lists"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mechanism", "year", "title", "edition"], name="workplans_list_edition"
            )
        ]
        ordering = ["-year", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.mechanism.jurisdiction

    @property
    def audit_chain(self) -> str:
        return self.mechanism.audit_chain

    @property
    def is_draft(self) -> bool:
        return self.state == ListState.DRAFT

    @property
    def is_published(self) -> bool:
        return self.state == ListState.PUBLISHED

    @property
    def per(self) -> Per:
        return Per(self.reporting)

    def resolved_on(self, today: date) -> date:
        """The day for which groups are read: that of publication, else today."""
        return self.published_on or today

    @property
    def state_pill(self) -> tuple[str, str, str]:
        kind, icon = PILLS[self.state]
        return kind, icon, self.get_state_display()

    def get_absolute_url(self) -> str:
        return reverse("workplans:list-detail", args=[self.public_id])


class ListImport(MadeByForm):
    """A task list read from an uploaded file, to be looked through; nothing else is written.

    `rows` is the reading: a row each with its cells as they stood, what was read of them and
    what was corrected. `words` says what the words stand for that name no unit.
    """

    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="+")
    keeper = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    year = models.PositiveSmallIntegerField(_("year"))
    title = models.CharField(_("title"), max_length=200)
    reporting = models.CharField(max_length=10, choices=TERMS, default="quarter")
    replaces = models.ForeignKey(
        TaskList, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    rows = models.JSONField(default=list)
    words = models.JSONField(default=dict)
    on = models.DateField()
    state = models.CharField(
        max_length=10, choices=ImportState, default=ImportState.READY, editable=False
    )

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.mechanism.jurisdiction

    @property
    def audit_chain(self) -> str:
        return self.mechanism.audit_chain

    @property
    def is_ready(self) -> bool:
        return self.state == ImportState.READY

    @property
    def state_pill(self) -> tuple[str, str, str]:
        kind, icon = PILLS[self.state]
        return kind, icon, self.get_state_display()

    def get_absolute_url(self) -> str:
        return reverse("workplans:import", args=[self.public_id])

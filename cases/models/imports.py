"""批量导入: a file of disputes on its way in, and how the columns of others are read."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.states import Kind
from foundations.access.fields import EncryptedTextField
from foundations.access.rows import MadeByForm, Record
from mechanisms.models import Mechanism
from members.models import Jurisdiction, Organization


class ImportState(models.TextChoices):
    MAPPING = "mapping", _("Columns to be assigned")
    CHECKING = "checking", _("Being checked")
    REFUSED = "refused", _("Has faults")
    READY = "ready", _("Ready to be written")
    WRITING = "writing", _("Being written")
    DONE = "done", _("Written to the ledger")
    DISCARDED = "discarded", _("Discarded")


PILLS = {
    ImportState.MAPPING: ("wait", "hourglass-split"),
    ImportState.CHECKING: ("open", "arrow-repeat"),
    ImportState.REFUSED: ("over", "exclamation-octagon-fill"),
    ImportState.READY: ("soon", "clipboard-check"),
    ImportState.WRITING: ("open", "arrow-repeat"),
    ImportState.DONE: ("done", "check-circle-fill"),
    ImportState.DISCARDED: ("void", "slash-circle"),
}
BUSY = (ImportState.CHECKING, ImportState.WRITING)


class ImportMapping(Record):
    """对应关系: the columns of a foreign export as fields of ours, kept under a name."""

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("procedure"), max_length=20, choices=Kind)
    columns = models.JSONField(default=dict)
    values = models.JSONField(default=dict, blank=True)
    constants = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "name"], name="cases_mapping_name")
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key


class Import(MadeByForm):
    """One uploaded file. `content` and `findings` name people and are kept encrypted; both
    are emptied once the file is written or discarded. `done` counts rows while it is busy."""

    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("organ")
    )
    kind = models.CharField(_("procedure"), max_length=20, choices=Kind)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    file_name = models.CharField(_("file"), max_length=200)
    digest = models.CharField(max_length=64, db_index=True)
    mapping_name = models.CharField(max_length=60, blank=True)
    columns = models.JSONField(default=dict, blank=True)
    values = models.JSONField(default=dict, blank=True)
    constants = models.JSONField(default=dict, blank=True)
    content = EncryptedTextField(blank=True, default="")
    findings = EncryptedTextField(blank=True, default="")
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.MAPPING)
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    written = models.PositiveIntegerField(default=0)
    busy_since = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    alike_reason = models.CharField(_("why these are other disputes"), max_length=300, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def audit_chain(self) -> str:
        return self.mechanism.jurisdiction.key

    def get_absolute_url(self) -> str:
        return reverse("cases:import", args=[self.public_id])

    @property
    def is_busy(self) -> bool:
        return self.state in BUSY

    @property
    def state_pill(self) -> tuple[str, str, str]:
        return (*PILLS[ImportState(self.state)], str(self.get_state_display()))

    def is_stuck(self, *, at: datetime, after: Any) -> bool:
        """Has whoever worked on it most likely died?"""
        return self.is_busy and self.busy_since is not None and self.busy_since < at - after

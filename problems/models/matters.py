"""What all matters of this room have in common."""

from datetime import date
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import MadeByForm
from mechanisms.models import Mechanism
from members.models import Jurisdiction, Organization
from problems.states import DRAFT, FINISHED, OVER, PILLS


class Matter(MadeByForm):
    """What one unit lays before the others: who, what, since when, and how it stands.

    `organization` is the organ in whose name it was written; `units` are those that take
    part besides the sides. `begun_on` is the day on which it happened or was written.
    """

    page: str
    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    title = models.CharField(_("title"), max_length=200)
    begun_on = models.DateField(_("day"))
    units: models.ManyToManyField = models.ManyToManyField(
        Organization, blank=True, related_name="+"
    )
    state: Any

    class Meta:
        abstract = True
        ordering = ["-begun_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_chain(self) -> str:
        return self.mechanism.audit_chain

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.mechanism.jurisdiction

    @property
    def is_draft(self) -> bool:
        return bool(self.state == DRAFT)

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def next_due_on(self) -> date | None:
        """The next day on which something about it is due."""
        return None

    @property
    def notes(self) -> list[str]:
        """What a list says of it below its title."""
        return []

    @property
    def state_pill(self) -> tuple[str, str, str]:
        kind, icon = PILLS.get(self.state, FINISHED)
        label: Any = self.get_state_display()  # type: ignore[attr-defined]
        return kind, icon, label

    def get_absolute_url(self) -> str:
        return reverse(f"problems:{self.page}", args=[self.public_id])


class Part(MadeByForm):
    """What belongs to a matter and has a row of its own; `matter` names it."""

    class Meta:
        abstract = True

    @property
    def matter(self) -> Matter:
        raise NotImplementedError

    @property
    def audit_chain(self) -> str:
        return self.matter.audit_chain

    def get_absolute_url(self) -> str:
        return self.matter.get_absolute_url()

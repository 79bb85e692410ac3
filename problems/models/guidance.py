from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models import Organization
from problems.models.matters import Matter
from problems.states import GuidanceState, VisitState

GUIDANCE_LIMIT = "GUIDANCE-REPLY"
VISIT_LIMIT = "VISIT-FOLLOW-UP"


class Guidance(Matter):
    """执法指导函: how an agency is to act, with the day by which it replies (YN-9, CX-9)."""

    page = "guidance-letter"
    addressee = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("addressee")
    )
    text = models.TextField(_("guidance"))
    number = models.CharField(_("document number"), max_length=60, blank=True)
    reply_by = models.DateField(_("reply by"), null=True, blank=True)
    reply = models.TextField(_("reply"), blank=True)
    outcome = models.TextField(_("outcome"), blank=True)
    state = models.CharField(
        max_length=10, choices=GuidanceState, default=GuidanceState.DRAFT, editable=False
    )
    sent_on = models.DateField(null=True, editable=False)
    replied_on = models.DateField(null=True, editable=False)
    ended_on = models.DateField(null=True, editable=False)

    @property
    def next_due_on(self) -> date | None:
        return self.reply_by if self.state == GuidanceState.SENT else None

    @property
    def notes(self) -> list[str]:
        return [one for one in (self.addressee.short_name, self.number) if one]


class Visit(Matter):
    """督导: a unit visited, what was found and asked of it, and what it did (YC-37, YN-9)."""

    page = "visit"
    addressee = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit visited")
    )
    people = models.CharField(_("who went"), max_length=200)
    found = models.TextField(_("what was found"))
    asked = models.TextField(_("what was asked"), blank=True)
    due_on = models.DateField(_("follow-up due"), null=True, blank=True)
    report = models.TextField(_("what the unit did"), blank=True)
    outcome = models.TextField(_("outcome"), blank=True)
    state = models.CharField(
        max_length=10, choices=VisitState, default=VisitState.OPEN, editable=False
    )
    reported_on = models.DateField(null=True, editable=False)
    ended_on = models.DateField(null=True, editable=False)

    @property
    def next_due_on(self) -> date | None:
        return self.due_on if self.state == VisitState.OPEN else None

    @property
    def notes(self) -> list[str]:
        return [self.addressee.short_name]

from datetime import date
from typing import Any, Never

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.flow.table import Mode, State, Step, Table, table_of
from cases.models.disputes import Dispute
from cases.states import Kind, Track
from foundations.access.rows import MadeByForm
from members.models import Organization

MEDIATED_WITHIN = "案中调解"


class Procedure(MadeByForm):
    """程序: one organ's handling of the dispute, as `cases.flow.tables` describe its kind.

    `facts` are what its steps have asked for, by the names of `cases.flow.asks`; `before`
    is the state it returns to after an interruption. `number_key` is the number without
    what clerks write differently, unique with the organ.
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="procedures")
    kind = models.CharField(_("procedure"), max_length=20, choices=Kind)
    organ = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="procedures", verbose_name=_("organ")
    )
    state = models.CharField(max_length=20, editable=False)
    before = models.CharField(max_length=20, blank=True, editable=False)
    number = models.CharField(_("case number"), max_length=80, blank=True)
    number_key = models.CharField(max_length=80, blank=True, editable=False)
    track = models.CharField(_("track"), max_length=12, choices=Track, blank=True)
    panel = models.CharField(_("panel or handler"), max_length=120, blank=True)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    opened_on = models.DateField(_("opened on"))
    accepted_on = models.DateField(_("accepted on"), null=True, editable=False)
    closed_on = models.DateField(_("closed on"), null=True, editable=False)
    mode = models.CharField(_("closed by"), max_length=24, blank=True, editable=False)
    effective_on = models.DateField(null=True, editable=False)
    facts = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "number_key"],
                condition=~Q(number_key=""),
                name="cases_procedure_number",
            ),
            models.UniqueConstraint(
                fields=["dispute"],
                condition=Q(kind="first_instance", closed_on=None),
                name="cases_one_first_instance",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, mode="") | (Q(closed_on__isnull=False) & ~Q(mode="")),
                name="cases_closed_by_mode",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "closed_on"], name="cases_procedure_closed"),
            models.Index(fields=["-opened_on", "-id"], name="cases_procedure_opened"),
        ]
        ordering = ["opened_on", "pk"]

    def __str__(self) -> str:
        return self.number or self.get_kind_display()

    @property
    def audit_chain(self) -> str:
        return self.dispute.audit_chain

    def get_absolute_url(self) -> str:
        return f"{self.dispute.get_absolute_url()}#p-{self.public_id}"

    @property
    def table(self) -> Table:
        return table_of(self.kind)

    @property
    def name(self) -> str:
        """As its table is called; a mediation within another procedure is no 诉前调解."""
        within = self.kind == Kind.MEDIATION and self.fact("within")
        return MEDIATED_WITHIN if within else self.table.name

    @property
    def standing(self) -> State:
        return self.table.states[self.state]

    @property
    def outcome(self) -> Mode | None:
        return self.table.modes[self.mode] if self.mode else None

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    def step(self, key: str) -> Step:
        return self.table.steps[key]

    def fact(self, name: str) -> Any:
        """What a step has asked for; None before it has."""
        own = {"track": self.track, "number": self.number, "panel": self.panel}
        return own.get(name) or self.facts.get(name)

    def happened_on(self, step: str) -> date | None:
        """The day on which a step last happened."""
        days = [event.on for event in self.events.all() if event.step == step]
        return max(days, default=None)


class Link(models.Model):
    """From one procedure to the next, with the reason: 不服复议, 上诉, 发回重审 …"""

    earlier = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="onward")
    later = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="origins")
    reason = models.CharField(_("reason"), max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["earlier", "later"], name="cases_link_once")
        ]

    def __str__(self) -> str:
        return self.reason


class Event(models.Model):
    """What happened on a day; written once, never changed (M9).

    `backdated` is true where it was recorded on a later day than it happened with a reason
    for that. `facts` are the values the step asked for, without personal data.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="events")
    step = models.CharField(max_length=24)
    name = models.CharField(max_length=60)
    on = models.DateField()
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20)
    backdated = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    facts = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("What happened is never changed; record what came after it.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        raise TypeError("What happened is never deleted.")

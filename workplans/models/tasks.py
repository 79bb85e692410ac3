from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import Record
from members.models import Jurisdiction, Organization
from workplans.models.lists import TaskList
from workplans.states import DueKind, TaskState, TermKind, TermState, Verdict
from workplans.states import LetterState as Urged

OF_TASK = ("task_list__mechanism__jurisdiction", "task_list__keeper")
OF_TERM = ("unit__organization", *(f"unit__task__{near}" for near in OF_TASK))
"""What a page or an action reads with a task, and with what is asked on it."""
PILLS: dict[str, tuple[str, str]] = {
    TaskState.OPEN: ("open", "play-circle"),
    TaskState.SPLIT: ("draft", "diagram-3"),
    TaskState.CLOSED: ("done", "check-circle-fill"),
    TermState.OPEN: ("wait", "hourglass-split"),
    TermState.SENT: ("open", "inbox"),
    TermState.ACCEPTED: ("done", "check-circle-fill"),
    TermState.DROPPED: ("void", "x-circle"),
    Verdict.RETURNED: ("soon", "arrow-return-left"),
    Urged.ANSWERED: ("done", "check-circle-fill"),
}


class Task(Record):
    """任务: a row of a task list; `row` keeps its cells for ever as the document had them.

    `lead` and `responsible` say whom the row names, as `reading.units` writes it; who that
    is was settled on the day of publication (`TaskUnit`, `lead_units`). `milestones` are
    days that the measure sets itself. A split task has a part for each of its units.
    """

    task_list = models.ForeignKey(TaskList, on_delete=models.PROTECT, related_name="tasks")
    number = models.PositiveSmallIntegerField(_("number"))
    part = models.PositiveSmallIntegerField(default=0, editable=False)
    main_task = models.CharField(_("main task"), max_length=200)
    measure = models.TextField(_("measure of the task"))
    lead_text = models.CharField(_("lead unit of the task"), max_length=300, blank=True)
    responsible_text = models.CharField(_("responsible units"), max_length=1000)
    due_text = models.CharField(_("due as written"), max_length=100)
    lead = models.JSONField(default=list)
    responsible = models.JSONField(default=list)
    lead_units: models.ManyToManyField = models.ManyToManyField(
        Organization, blank=True, related_name="+"
    )
    due_kind = models.CharField(_("kind of due"), max_length=14, choices=DueKind)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    per = models.CharField(max_length=10, blank=True)
    milestones = models.JSONField(default=list)
    targets = models.JSONField(default=list)
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    provision_number = models.CharField(_("clause"), max_length=20, blank=True)
    row = models.JSONField(default=list)
    parent = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="parts", editable=False
    )
    state = models.CharField(
        max_length=10, choices=TaskState, default=TaskState.OPEN, editable=False
    )
    closed_on = models.DateField(null=True, editable=False)
    outcome = models.TextField(_("outcome"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task_list", "number", "part"], name="workplans_task_number"
            ),
            models.CheckConstraint(
                condition=~Q(due_kind__in=("by_day", "by_day_and_on")) | Q(due_on__isnull=False),
                name="workplans_task_due",
            ),
        ]
        ordering = ["task_list", "number", "part"]

    def __str__(self) -> str:
        return f"{self.label} {self.measure}"

    @property
    def audit_label(self) -> str:
        return f"{self.task_list.title} {self.label}"

    @property
    def label(self) -> str:
        return f"{self.number}-{self.part}" if self.part else str(self.number)

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.task_list.jurisdiction

    @property
    def audit_chain(self) -> str:
        return self.task_list.audit_chain

    @property
    def is_open(self) -> bool:
        return self.state == TaskState.OPEN

    @property
    def state_pill(self) -> tuple[str, str, str]:
        kind, icon = PILLS[self.state]
        return kind, icon, self.get_state_display()

    def get_absolute_url(self) -> str:
        return reverse("workplans:task", args=[self.public_id])


class TaskUnit(Record):
    """A unit that answers for a task; `word` is the word of the row that named it."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="units")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    word = models.CharField(max_length=120, blank=True)
    resolved_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "organization"], name="workplans_task_unit")
        ]
        ordering = ["organization__order", "pk"]

    def __str__(self) -> str:
        return f"{self.organization.short_name} {self.task.label}"

    @property
    def audit_chain(self) -> str:
        return self.task.audit_chain

    def get_absolute_url(self) -> str:
        return self.task.get_absolute_url()


class TaskTermQuerySet(models.QuerySet):
    def of_running(self) -> Self:
        """Those of tasks under way in a list that is in force."""
        return self.filter(
            unit__task__state=TaskState.OPEN, unit__task__task_list__state="published"
        )

    def awaited(self) -> Self:
        return self.of_running().filter(state=TermState.OPEN)

    def overdue(self, on: date) -> Self:
        return self.awaited().filter(due_on__lt=on)


class TaskTerm(Record):
    """Once that a unit has to report on a task, by `due_on` (inclusive).

    `again_by` is the day that was set when a report was returned. `sent_on` is the day of
    the last report, `accepted_on` that on which it was accepted.
    """

    unit = models.ForeignKey(TaskUnit, on_delete=models.PROTECT, related_name="terms")
    kind = models.CharField(max_length=10, choices=TermKind)
    name = models.CharField(max_length=60)
    first_on = models.DateField()
    due_on = models.DateField()
    again_by = models.DateField(null=True)
    state = models.CharField(
        max_length=10, choices=TermState, default=TermState.OPEN, editable=False
    )
    sent_on = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    objects = TaskTermQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "first_on", "name"], name="workplans_term_once"
            )
        ]
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return f"{self.unit} {self.name}"

    @property
    def audit_label(self) -> str:
        return f"{self.unit.task.audit_label} {self.unit.organization.short_name} {self.name}"

    @property
    def audit_chain(self) -> str:
        return self.unit.audit_chain

    @property
    def is_awaited(self) -> bool:
        return self.state == TermState.OPEN

    @property
    def is_sent(self) -> bool:
        return self.state == TermState.SENT

    @property
    def asked_by(self) -> date:
        return self.again_by or self.due_on

    @property
    def met_on(self) -> date | None:
        """The day that ends its limit: of the report, while it is not returned."""
        return self.sent_on if self.state in (TermState.SENT, TermState.ACCEPTED) else None

    @property
    def state_pill(self) -> tuple[str, str, str]:
        if self.state == TermState.OPEN and self.again_by:
            kind, icon = PILLS[Verdict.RETURNED]
            return kind, icon, str(Verdict.RETURNED.label)
        kind, icon = PILLS[self.state]
        return kind, icon, self.get_state_display()

    def get_absolute_url(self) -> str:
        return reverse("workplans:term", args=[self.public_id])


class ProgressReport(Record):
    """What a unit reported for a term; evidence stands with it as attachments.

    `values` are the figures against the targets of the task, in their order; `done` says
    that the unit takes its part as carried out.
    """

    term = models.ForeignKey(TaskTerm, on_delete=models.PROTECT, related_name="reports")
    text = models.TextField(_("progress"))
    values = models.JSONField(default=list)
    done = models.BooleanField(_("carried out"), default=False)
    on = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=Verdict, default=Verdict.SENT)
    remark = models.TextField(_("reason"), blank=True)
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["term"], condition=Q(state="sent"), name="workplans_report_waits_once"
            )
        ]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.term)

    @property
    def audit_label(self) -> str:
        return self.term.audit_label

    @property
    def audit_chain(self) -> str:
        return self.term.audit_chain

    def get_absolute_url(self) -> str:
        return self.term.get_absolute_url()


class SupervisionLetter(Record):
    """督办函 to a unit that did not report; the report of the term answers it."""

    term = models.ForeignKey(TaskTerm, on_delete=models.PROTECT, related_name="letters")
    by_organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    on = models.DateField()
    due_on = models.DateField(_("report by"))
    reason = models.TextField(_("reason"), blank=True)
    number = models.CharField(_("document number"), max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=Urged, default=Urged.OPEN, editable=False)
    answered_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.number or self.on} {self.term}"

    @property
    def audit_label(self) -> str:
        return self.term.audit_label

    @property
    def audit_chain(self) -> str:
        return self.term.audit_chain

    @property
    def state_pill(self) -> tuple[str, str, str]:
        kind, icon = PILLS[self.state]
        return kind, icon, self.get_state_display()

    def get_absolute_url(self) -> str:
        return self.term.get_absolute_url()

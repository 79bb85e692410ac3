"""What can be counted of task lists: what units had to carry out, and did, by a day (T1)."""

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from foundations.access.policy import visible_to
from foundations.ledgers.ledger import Column
from members.models import Jurisdiction, User
from services.indicators.groups import units
from services.indicators.sources import UNIT, Source, Terms
from workplans.models import OF_TERM, TaskTerm
from workplans.states import TermKind, TermState


def task_terms(jurisdiction: Jurisdiction, reader: User | None) -> QuerySet[TaskTerm]:
    """Each time that a unit had to report on a task; `wanted_on` is the day that holds,
    `dropped_on` the day on which the task or its list ended."""
    rows = TaskTerm.objects.all() if reader is None else visible_to(reader, TaskTerm)
    of_place = rows.filter(unit__task__task_list__mechanism__jurisdiction=jurisdiction)
    task = "unit__task"
    return of_place.annotate(
        wanted_on=Coalesce("again_by", "due_on"),
        dropped_on=Coalesce(f"{task}__closed_on", f"{task}__task_list__closed_on"),
    )


DROPPED = Q(state=TermState.DROPPED)
LEFT_OVERDUE = DROPPED & Q(wanted_on__lt=F("dropped_on"))
"""Overdue already when its task or list ended: that does not undo it."""


def _over(terms: Terms) -> Q:
    """The last day is over; on that day itself a report is still in time."""
    return Q(wanted_on__lt=terms.on)


def _accepted(terms: Terms) -> Q:
    return Q(state=TermState.ACCEPTED, accepted_on__lte=terms.on)


TASKS = Source(
    key="tasks",
    label=_("Tasks"),
    rows=task_terms,
    conditions={
        "asked": ~DROPPED | LEFT_OVERDUE,
        "dropped": DROPPED & (Q(dropped_on=None) | Q(wanted_on__gte=F("dropped_on"))),
        "set_day": Q(kind__in=(TermKind.DUE, TermKind.MILESTONE)),
        "over": _over,
        "accepted": _accepted,
        "to_accept": Q(state=TermState.SENT),
        "unreported": Q(state__in=(TermState.OPEN, TermState.DROPPED)),
        "in_time": Q(sent_on__lte=F("wanted_on")),
        "late": Q(sent_on__gt=F("wanted_on")),
    },
    dates={"due": "wanted_on"},
    columns=(
        Column("list", _("Task list"), value="unit.task.task_list.title", width="280"),
        Column("task", _("Task"), value="unit.task", sort="unit__task__number"),
        Column("term", _("Term reported on"), value="name", width="140"),
        Column("unit", _("Unit"), value="unit.organization.name", width="150"),
        Column("state", _("State"), value="get_state_display", width="124"),
        Column("due_on", _("Due"), value="asked_by", sort="wanted_on", width="140"),
        Column("sent_on", _("Reported on"), sort="sent_on", width="140"),
        Column("accepted_on", _("Accepted on"), sort="accepted_on", width="140"),
    ),
    groups={UNIT: units("unit__organization")},
    near=OF_TERM,
    unit="unit__organization",
)

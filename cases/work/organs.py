"""For an organ and for an agency in dispute: what is due, and what waits for the next step."""

from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.acts import leads_on
from cases.flow.table import Step
from cases.limits import of_disputes, procedure_of, rows_of, subject_of
from cases.models import Appearance, Dispute, Hearing, Performance, Procedure
from cases.states import Kind, Standing
from cases.work.desk import MOST, Desk, matter
from foundations.ledgers.work import WorkItem
from members.desk import Sort, Sorts
from services.deadlines.catalogue import name_of
from services.deadlines.models import Deadline

DOORS: dict[str, tuple[str, str]] = {
    "FY-PERF-REP": ("cases:performance-report", "public_id"),
    "FY-VISIT-A": ("cases:visit-arrange", "public_id"),
}
"""The pages for what a procedure owes and no step of it does."""
PARTS: dict[type[Model], str] = {
    Hearing: "cases:hearing-told",
    Appearance: "cases:appearance-serve",
}


def sorts(desk: Desk) -> Sorts:
    if desk.works:
        yield Sort(_running(desk), _due)
        yield Sort(
            Dispute.objects.filter(
                holder__in=desk.units, next_due_on=None, standing=Standing.OPEN
            ),
            _idle,
        )


def _running(desk: Desk) -> QuerySet[Deadline]:
    """The limits that run for the reader's organizations; what is to be performed, and
    visits, are laid on the desk as what they are."""
    performed = ContentType.objects.get_for_model(Performance)
    rows = Deadline.objects.duties().filter(of_disputes(), owed_by__in=desk.units)
    return rows.exclude(subject_type=performed)


def _due(desk: Desk, rows: QuerySet[Deadline]) -> Iterator[WorkItem]:
    limits = list(rows.select_related("owed_by").order_by("due_on", "pk")[:MOST])
    found = rows_of(limits)
    for limit in limits:
        row = found[subject_of(limit)]
        if procedure_of(row).kind != Kind.VISIT:
            yield _of_limit(limit, row, desk)


def _of_limit(limit: Deadline, row: Model, desk: Desk) -> WorkItem:
    procedure = procedure_of(row)
    role = "organ" if procedure.organ_id in desk.units else "respondent"
    url, verb = _door(limit, row, role)
    return matter(
        procedure.dispute,
        name_of(limit.rule) or limit.title,
        url,
        verb,
        day=limit.day_on(desk.on),
        number=procedure.number,
        party=limit.owed_by.short_name,
    )


def _door(limit: Deadline, row: Model, role: str) -> tuple[str, str]:
    """Where it is done: the step or page that meets the limit, else the dispute's page."""
    if type(row) in PARTS:
        return reverse(PARTS[type(row)], args=[row.public_id]), _("Record")  # type: ignore[attr-defined]
    procedure = procedure_of(row)
    step = _meeting(procedure, limit.rule, role)
    if step is not None:
        return step_page(procedure, step), step.name
    name, key = DOORS.get(limit.rule, ("", ""))
    if name:
        return reverse(name, args=[getattr(procedure, key)]), _("Record")
    return procedure.dispute.get_absolute_url(), _("Look")


def _meeting(procedure: Procedure, rule: str, role: str) -> Step | None:
    """The step that the limit waits for, once it is possible: the first that meets it in the
    table. Those after it are exceptions, such as a withdrawal, that nobody is asked for."""
    steps = procedure.table.steps.values()
    waited = next((one for one in steps if rule in one.meets and role in one.by), None)
    return waited if waited in procedure.table.possible(procedure.state) else None


def step_page(procedure: Procedure, step: Step) -> str:
    keys = [procedure.dispute.public_id, procedure.public_id]
    if (procedure.kind, step.key) == (Kind.MEDIATION, "consent"):
        return reverse("cases:consents", args=keys)
    return reverse("cases:step", args=[*keys, step.key])


def _idle(desk: Desk, rows: QuerySet[Dispute]) -> Iterator[WorkItem]:
    """Where the reader's organization has to act and no limit says until when: the step that
    takes the procedure on. Enterprises first (YC-7), then the newest."""
    order = ("-enterprise", "-filed_on", "-pk")
    held = list(rows.select_related("agency", "holder").order_by(*order)[:MOST])
    under_way = Procedure.objects.filter(dispute__in=held, closed_on=None, organ__in=desk.units)
    latest = {one.dispute_id: one for one in under_way.order_by("opened_on", "pk")}
    for dispute in held:
        yield _next_step(dispute, latest.get(dispute.pk))


def _next_step(dispute: Dispute, procedure: Procedure | None) -> WorkItem:
    url, verb, what = dispute.get_absolute_url(), _("Take the next step"), _("To go on")
    if procedure is not None:
        procedure.dispute = dispute
        what = f"{procedure.name}，{procedure.standing.name}"
        step = leads_on(procedure)
        if step is not None:
            url, verb = step_page(procedure, step), step.name
    party = dispute.holder.short_name if dispute.holder else ""
    number = procedure.number if procedure else ""
    return matter(dispute, what, url, verb, number=number, party=party)

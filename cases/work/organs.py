"""For an organ and for an agency in dispute: what is due, and what waits for the next step."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.flow.table import Step
from cases.limits import of_disputes, procedures_of, subject_of
from cases.models import Dispute, Procedure
from cases.pills import pill_of_dispute
from cases.policy.circle import WORKERS
from cases.states import Standing
from foundations.ledgers.work import WorkItem
from members.models import User
from members.standing import standing
from services.deadlines.catalogue import name_of
from services.deadlines.models import Deadline

MOST = 100
"""Of each sort, those that end first: a desk is worked through from the top."""


def items(user: User, on: date) -> list[WorkItem]:
    mine = standing(user, on)
    if not mine.has(*WORKERS) or not mine.organizations:
        return []
    return [*_due(mine.organizations), *_idle(mine.organizations)]


def _due(organizations: frozenset[int]) -> Iterator[WorkItem]:
    """The limits that run for the user's organizations."""
    rows = Deadline.objects.duties().filter(of_disputes(), owed_by__in=organizations)
    limits = list(rows.select_related("owed_by").order_by("due_on", "pk")[:MOST])
    found = procedures_of(limits)
    for limit in limits:
        yield _of_limit(limit, found[subject_of(limit)], organizations)


def _of_limit(limit: Deadline, procedure: Procedure, organizations: frozenset[int]) -> WorkItem:
    role = "organ" if procedure.organ_id in organizations else "respondent"
    step = _meeting(procedure, limit.rule, role)
    what = name_of(limit.rule) or limit.title
    return _item(procedure.dispute, procedure, what, step, limit.due_on, limit.owed_by.short_name)


def _meeting(procedure: Procedure, rule: str, role: str) -> Step | None:
    """The step that is possible now and that the limit waits for."""
    possible = procedure.table.possible(procedure.state)
    return next((one for one in possible if rule in one.meets and role in one.by), None)


def _idle(organizations: frozenset[int]) -> Iterator[WorkItem]:
    """Where the user's organization has to act and no limit says until when."""
    rows = Dispute.objects.filter(
        holder__in=organizations, next_due_on=None, standing=Standing.OPEN
    )
    held = list(rows.select_related("agency", "holder").order_by("-filed_on", "-pk")[:MOST])
    for dispute in held:
        words = pill_of_dispute(dispute)[2]
        holder = dispute.holder.short_name if dispute.holder else ""
        yield WorkItem(
            group="todo",
            title=dispute.title,
            url=dispute.get_absolute_url(),
            verb=_("Take the next step"),
            meta=(dispute.number, words),
            party=holder,
            party_note=dispute.agency.short_name,
        )


def _item(
    dispute: Dispute, procedure: Procedure, what: str, step: Step | None, day: date, party: str
) -> WorkItem:
    page = dispute.get_absolute_url()
    if step is not None:
        keys = [dispute.public_id, procedure.public_id, step.key]
        page = reverse("cases:step", args=keys)
    return WorkItem(
        group="todo",
        title=f"{what}：{dispute.title}",
        url=page,
        verb=step.name if step is not None else _("Look"),
        day=day,
        meta=(procedure.number or dispute.number, procedure.table.name),
        party=party,
        party_note=dispute.agency.short_name,
    )

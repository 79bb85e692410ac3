"""For a mediator: what she is asked to take over, and what she mediates."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse

from cases.models import Procedure
from cases.states import Kind
from cases.work.desk import Desk
from foundations.ledgers.work import WorkItem
from members.desk import Sort, Sorts

STEPS = {
    "referred": ("sign", "acknowledge"),
    "acknowledged": ("todo", "begin"),
    "mediating": ("todo", "close"),
    "extended": ("todo", "close"),
}
"""What a mediation waits for in each of its states: where it lies, and the step."""


def sorts(desk: Desk) -> Sorts:
    """Those to which the reader was assigned by name."""
    if not desk.mine.is_staff:
        return
    rows = Procedure.objects.filter(
        kind=Kind.MEDIATION,
        state__in=STEPS,
        dispute__access__principal=f"u{desk.user.pk}",
        dispute__access__why="mediator",
    )
    yield Sort(rows, _mediations)


def _mediations(_desk: Desk, rows: QuerySet[Procedure]) -> Iterator[WorkItem]:
    found = rows.select_related("dispute__agency", "organ").order_by("opened_on", "pk")
    return (_item(one) for one in found)


def _item(procedure: Procedure) -> WorkItem:
    group, key = STEPS[procedure.state]
    dispute = procedure.dispute
    return WorkItem(
        group=group,
        title=f"{procedure.standing.name}：{dispute.title}",
        url=reverse("cases:step", args=[dispute.public_id, procedure.public_id, key]),
        verb=procedure.step(key).name,
        meta=(procedure.number or dispute.number, procedure.name),
        party=procedure.organ.short_name,
        party_note=dispute.agency.short_name,
    )

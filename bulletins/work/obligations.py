"""What the office has to tell: instalments due within fifteen days, or overdue."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from bulletins.models import Instalment
from foundations.access.policy import visible_to
from foundations.ledgers.work import WorkItem
from mechanisms.models import Provision
from mechanisms.queries import provision
from members.desk import Desk, Sort, Sorts
from members.standing import bindings_of

AHEAD = timedelta(days=15)


def sorts(desk: Desk) -> Sorts:
    """For who works in the office that handles the matter, or in the body that owes it."""
    if not desk.works:
        return
    held = {one.organization_id for one in bindings_of(desk.user, desk.on)} | desk.units
    near = Q(due_on__lte=desk.on + AHEAD) | Q(due_on=None)
    rows = visible_to(desk.user, Instalment).open().for_listing()
    yield Sort(rows.filter(near, obligation__office__in=held), _instalments)


def _instalments(desk: Desk, rows: QuerySet[Instalment]) -> list[WorkItem]:
    return [_item(row, desk.on) for row in rows.order_by("due_on", "pk")]


def _item(row: Instalment, on: date) -> WorkItem:
    owed = row.obligation
    clause: Provision | None = provision(owed.mechanism, owed.number, on)
    return WorkItem(
        group="todo",
        title=_("%(matter)s (%(label)s)") % {"matter": owed.name, "label": row.label},
        url=row.get_absolute_url(),
        verb=_("Tell"),
        day=row.due_on,
        meta=tuple(filter(None, (clause.citation if clause else "", owed.often))),
        party=owed.debtor.short_name,
    )

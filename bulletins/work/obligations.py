"""What the office has to tell: instalments due within fifteen days, or overdue."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from bulletins.models import Instalment
from foundations.access.policy import visible_to
from foundations.ledgers.work import WorkItem
from mechanisms.models import Provision
from mechanisms.queries import provision
from members.models import User
from members.policy import WORKERS
from members.standing import bindings_of, standing

AHEAD = timedelta(days=15)


def items(user: User, on: date) -> list[WorkItem]:
    """For who works in the office that handles the matter, or in the body that owes it."""
    mine = standing(user, on)
    if not mine.has(*WORKERS):
        return []
    held = {one.organization_id for one in bindings_of(user, on)} | mine.organizations
    rows = (
        visible_to(user, Instalment)
        .open()
        .filter(Q(due_on__lte=on + AHEAD) | Q(due_on=None), obligation__office__in=held)
        .for_listing()
        .order_by("due_on", "pk")
    )
    return [_item(row, on) for row in rows]


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

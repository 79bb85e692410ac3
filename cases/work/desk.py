"""Whose desk it is, and how a matter of a dispute is laid on it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Exists, QuerySet
from django.utils.translation import gettext as _

from cases.models import Dispute
from cases.policy.mediation import bureau_places
from foundations.ledgers.work import WorkItem
from members.models import User
from members.policy import WORKERS
from members.standing import standing

MOST = 100
"""Of each sort, those that end first: a desk is worked through from the top."""


class Desk:
    """A reader on a day: the own units, and where they are the justice bureau."""

    def __init__(self, user: User, on: date) -> None:
        self.user, self.on = user, on
        self.mine = standing(user, on)

    @property
    def units(self) -> frozenset[int]:
        return self.mine.organizations

    @property
    def works(self) -> bool:
        return self.mine.has(*WORKERS) and bool(self.units)

    @cached_property
    def places(self) -> frozenset[int]:
        """Where the reader does the justice bureau's work."""
        return frozenset(bureau_places(self.mine))


@dataclass(frozen=True)
class Sort:
    """One sort of matter: the rows that wait, and how they are laid on the desk."""

    rows: QuerySet
    lay: Callable[[Desk, QuerySet], Iterable[WorkItem]]


Sorts = Iterator[Sort]


def laid(desk: Desk, sorts: Iterable[Sort]) -> Iterator[WorkItem]:
    """On a desk lie few of the many sorts there are: it is asked once which of them have
    any rows, and those alone are read."""
    asked = {f"sort{place}": one for place, one in enumerate(sorts)}
    if not asked:
        return
    signs = {name: Exists(one.rows.order_by()) for name, one in asked.items()}
    there = User.objects.order_by().annotate(**signs).values(*asked).get(pk=desk.user.pk)
    for name, one in asked.items():
        if there[name]:
            yield from one.lay(desk, one.rows)


def matter(
    dispute: Dispute,
    what: str,
    url: str,
    verb: str,
    *,
    group: str = "todo",
    day: date | None = None,
    number: str = "",
    party: str = "",
) -> WorkItem:
    """`dispute` with its agency. One of an enterprise says so, and goes before others of
    the same day (YC-7)."""
    marks = (_green(),) if dispute.enterprise else ()
    return WorkItem(
        group=group,
        title=f"{what}：{dispute.title}",
        url=url,
        verb=verb,
        day=day,
        meta=(number or dispute.number, *marks),
        party=party,
        party_note=dispute.agency.short_name,
        ahead=dispute.enterprise,
    )


def _green() -> str:
    return _("Green channel for enterprises")

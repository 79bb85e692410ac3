"""Whose desk it is, and how a matter of a dispute is laid on it."""

from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from cases.models import Dispute
from cases.policy.mediation import bureau_places
from foundations.ledgers.work import WorkItem
from members.desk import Desk as PlainDesk

MOST = 100
"""Of each sort, those that end first: a desk is worked through from the top."""


class Desk(PlainDesk):
    """A reader on a day: the own units, and where they are the justice bureau."""

    @cached_property
    def places(self) -> frozenset[int]:
        """Where the reader does the justice bureau's work."""
        return frozenset(bureau_places(self.mine))


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

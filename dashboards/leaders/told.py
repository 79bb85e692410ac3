"""Counts of the leaders' page that are no indicators, as the rows that they count.

What is due and under way is told as of `asked.on`, of the unit if one is asked for; period
and area narrow nothing here.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from cases.models import Dispute
from cases.states import Standing as CaseStanding
from dashboards.figures.asked import Asked, open_to
from dashboards.figures.rows import ledger_of
from foundations.ledgers.ledger import Ledger
from meetings.models import Resolution
from meetings.models.resolutions import ResolutionQuerySet
from meetings.states import ResolutionState
from meetings.views.resolutions import ResolutionLedger
from members.models import Organization
from services.deadlines.models import Deadline, DeadlineQuerySet
from services.deadlines.views.ledger import DeadlineLedger

OVERDUE, OWED, UNDER_WAY, DECIDED, LATE = "overdue", "owed", "under-way", "decided", "late"


def duties(asked: Asked) -> DeadlineQuerySet:
    rows: DeadlineQuerySet = open_to(asked.reader, Deadline).duties()
    rows = rows.filter(jurisdiction=asked.mechanism.jurisdiction_id)
    return rows if asked.unit is None else rows.filter(owed_by=asked.unit)


def overdue(asked: Asked) -> DeadlineQuerySet:
    return duties(asked).overdue(on=asked.on)


def under_way(asked: Asked) -> QuerySet[Dispute]:
    rows = open_to(asked.reader, Dispute).filter(
        jurisdiction=asked.mechanism.jurisdiction_id, standing=CaseStanding.OPEN
    )
    return rows if asked.unit is None else rows.filter(agency=asked.unit)


def decided(asked: Asked) -> ResolutionQuerySet:
    """Matters that a meeting decided and that are open still."""
    rows: ResolutionQuerySet = open_to(asked.reader, Resolution).filter(
        state=ResolutionState.OPEN, meeting__mechanism=asked.mechanism
    )
    return rows if asked.unit is None else rows.filter(lead=asked.unit)


def decided_late(asked: Asked) -> ResolutionQuerySet:
    return decided(asked).overdue(on=asked.on)


@dataclass(frozen=True)
class Standing:
    """How many duties of each unit are overdue, and how many disputes of each kind of
    procedure and each unit are under way."""

    overdue: Counter[int]
    under_way: Counter[tuple[str, int]]

    @property
    def by_kind(self) -> Counter[str]:
        return self._summed(0)

    @property
    def by_unit(self) -> Counter[int]:
        return self._summed(1)

    def _summed(self, place: int) -> Counter:
        found: Counter = Counter()
        for key, n in self.under_way.items():
            found[key[place]] += n
        return found


def standing(asked: Asked) -> Standing:
    """One statement for each of both."""
    owed = overdue(asked).order_by().values("owed_by").annotate(n=Count("pk"))
    cases = under_way(asked).order_by().values("kind", "agency").annotate(n=Count("pk"))
    return Standing(
        Counter({row["owed_by"]: row["n"] for row in owed}),
        Counter({(row["kind"], row["agency"]): row["n"] for row in cases}),
    )


def _bare(ledger: type[Ledger], name: str) -> type[Ledger]:
    """The same list without filters and views of its own: its rows are those of a number."""
    without = {
        "name": name,
        "filterset_class": None,
        "standing_views": (),
        "opens_on": "",
        "head_template": "",
        "template": "dashboards/told.html",
    }
    return type("ToldLedger", (ledger,), without)


@cache
def _duties() -> type[Ledger]:
    return _bare(DeadlineLedger, "told-duties")


@cache
def _matters() -> type[Ledger]:
    return _bare(ResolutionLedger, "told-resolutions")


@cache
def _disputes() -> type[Ledger]:
    return _bare(ledger_of("disputes"), "told-disputes")


@dataclass(frozen=True)
class Told:
    """`near` is what the list loads with its rows."""

    title: str | Promise
    rows: Callable[[Asked], QuerySet]
    ledger: Callable[[], type[Ledger]]
    near: tuple[str, ...]


TOLD = {
    OVERDUE: Told(
        _("Overdue"),
        overdue,
        _duties,
        ("owed_by", "jurisdiction", "provision__version", "mechanism"),
    ),
    OWED: Told(
        _("Open duties"),
        duties,
        _duties,
        ("owed_by", "jurisdiction", "provision__version", "mechanism"),
    ),
    UNDER_WAY: Told(_("Disputes under way"), under_way, _disputes, ("agency", "guidance")),
    DECIDED: Told(_("Matters decided and still open"), decided, _matters, ("lead", "meeting")),
    LATE: Told(_("Matters decided and late"), decided_late, _matters, ("lead", "meeting")),
}


def told_url(
    mechanism_key: str, of: str, *, unit: Organization | None = None, kind: str = ""
) -> str:
    """Where exactly the rows of a count are listed."""
    given = {"unit": unit.public_id if unit else "", "kind": kind}
    query = urlencode({name: value for name, value in given.items() if value})
    page = reverse("dashboards:told", args=[mechanism_key, of])
    return f"{page}?{query}" if query else page

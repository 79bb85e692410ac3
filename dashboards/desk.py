"""The workbench: everything on the reader's desk, once, and the counts made of it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments import work as assessments_work
from bulletins import work as bulletins_work
from cases import work as cases_work
from foundations.ledgers.work import WorkItem
from meetings import work as meetings_work
from meetings.work.reading import Reading
from members.desk import laid, once
from problems import work as problems_work
from returns import work as returns_work
from services.deadlines import work as deadlines_work
from suggestions import work as suggestions_work
from workplans import work as workplans_work

SOON_DAYS = 7
ROOMS = (
    suggestions_work,
    cases_work,
    returns_work,
    workplans_work,
    bulletins_work,
    problems_work,
    assessments_work,
)


@dataclass(frozen=True)
class Pile:
    """One count of the strip and the list behind it."""

    key: str
    name: str
    icon: str
    items: tuple[WorkItem, ...]
    note: str = ""
    tone: str = ""

    @property
    def count(self) -> int:
        return len(self.items)


def items_of(reading: Reading) -> list[WorkItem]:
    """All that lies on the reader's desk, the most urgent first."""
    user, on = reading.user, reading.on
    heaps = (room.heap(user, on) for room in ROOMS)
    items = [
        *meetings_work.items(reading),
        *once(laid(user, meetings_work.heap(reading), *heaps)),
        *deadlines_work.items(user, on),
    ]
    return sorted(items, key=lambda item: (item.day or date.max, not item.ahead, item.title))


def piles(items: list[WorkItem], on: date) -> list[Pile]:
    """The six counts. Overdue and due soon cut across the three groups that are ours."""
    ours = [item for item in items if item.group != "waiting"]
    overdue = tuple(item for item in ours if item.day and item.day < on)
    last = on + timedelta(days=SOON_DAYS)
    soon = tuple(item for item in ours if item.day and on <= item.day <= last)

    def of_group(group: str) -> tuple[WorkItem, ...]:
        return tuple(item for item in items if item.group == group)

    return [
        Pile(
            "overdue",
            _("Overdue"),
            "exclamation-octagon-fill",
            overdue,
            _longest(overdue, on),
            "is-red" if overdue else "",
        ),
        Pile(
            "soon",
            _("Due in 7 days"),
            "clock-history",
            soon,
            _tomorrow(soon, on),
            "is-amber" if soon else "",
        ),
        Pile("sign", _("To sign for"), "inbox", of_group("sign")),
        Pile("todo", _("To do"), "check2-square", of_group("todo")),
        Pile("waiting", _("Waiting for others"), "hourglass-split", of_group("waiting")),
        Pile("returned", _("Sent back"), "arrow-return-left", of_group("returned")),
    ]


def sections(piles_: list[Pile]) -> list[Pile]:
    """The piles as the page lists them: every item once, under its most urgent heading."""
    shown: list[WorkItem] = []
    result = []
    for pile in piles_:
        rest = tuple(item for item in pile.items if item not in shown)
        shown.extend(rest)
        if rest:
            result.append(Pile(pile.key, pile.name, pile.icon, rest))
    return result


def _longest(overdue: tuple[WorkItem, ...], on: date) -> str:
    if not overdue:
        return ""
    days = max((on - item.day).days for item in overdue if item.day)
    return ngettext("longest %(n)d day", "longest %(n)d days", days) % {"n": days}


def _tomorrow(soon: tuple[WorkItem, ...], on: date) -> str:
    count = sum(item.day == on + timedelta(days=1) for item in soon)
    return ngettext("%(n)d tomorrow", "%(n)d tomorrow", count) % {"n": count} if count else ""

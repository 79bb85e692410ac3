"""What a body owed and told in a quarter, read from the records."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from bulletins.models import (
    Bulletin,
    Circulation,
    Covered,
    Instalment,
    InstalmentState,
    Obligation,
    QuarterPackage,
    WhitePaper,
)
from bulletins.states import BulletinState
from suggestions.models import Report


@dataclass(frozen=True)
class Line:
    """One instalment, or one bulletin of a matter without instalments."""

    obligation: Obligation
    label: str
    due_on: date | None
    done_on: date | None
    state: str
    reason: str
    bulletins: tuple[Bulletin, ...]

    @property
    def receipts(self) -> tuple[Circulation, ...]:
        return tuple(row for one in self.bulletins for row in one.circulations.all())

    @property
    def is_late(self) -> bool:
        return bool(self.due_on and self.done_on and self.done_on > self.due_on)


@dataclass(frozen=True)
class Contents:
    lines: tuple[Line, ...]
    reports: tuple[Report, ...]
    white_papers: tuple[WhitePaper, ...]


def contents_of(package: QuarterPackage) -> Contents:
    """Its lines in the order of the text; the reports on suggestions that fall into the
    quarter (in the first one that of last year), and the white paper finished in it."""
    period = (package.term.first_on, package.term.last_on)
    reports = Report.objects.filter(
        mechanism=package.mechanism, organization=package.organization, issued_on__range=period
    )
    papers = WhitePaper.objects.filter(
        mechanism=package.mechanism, organization=package.organization, finished_on__range=period
    )
    return Contents(_lines(package, period), tuple(reports), tuple(papers))


def _lines(package: QuarterPackage, period: tuple[date, date]) -> tuple[Line, ...]:
    owed = Obligation.objects.filter(
        mechanism=package.mechanism, debtor=package.organization
    ).overlapping(*period)
    told = defaultdict(list)
    sent = Covered.objects.filter(
        obligation__in=owed, bulletin__state=BulletinState.CIRCULATED
    ).select_related("bulletin", "obligation")
    rows = sent.prefetch_related("bulletin__circulations__organization")
    plain = []
    for row in rows.order_by("bulletin__circulated_on", "pk"):
        if row.instalment_id:
            told[row.instalment_id].append(row.bulletin)
        elif _within(row.bulletin.circulated_on, period):
            plain.append(row)
    due = Instalment.objects.standing().filter(obligation__in=owed)
    here = due.filter(Q(due_on__range=period) | Q(done_on__range=period)).for_listing()
    lines = [_of_instalment(one, told[one.pk]) for one in here] + [_plain(row) for row in plain]
    return tuple(sorted(lines, key=_order))


def _within(day: date | None, period: tuple[date, date]) -> bool:
    return day is not None and period[0] <= day <= period[1]


def _of_instalment(one: Instalment, told: list[Bulletin]) -> Line:
    return Line(
        one.obligation,
        one.label,
        one.due_on,
        one.done_on,
        one.state,
        one.nil_reason,
        tuple(told),
    )


def _plain(row: Covered) -> Line:
    told = row.bulletin
    on = told.circulated_on
    return Line(row.obligation, told.title, None, on, InstalmentState.SENT, "", (told,))


def _order(line: Line) -> tuple[int, int, date]:
    owed = line.obligation
    return owed.order, owed.pk, line.due_on or line.done_on or date.max

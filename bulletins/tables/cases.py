"""What a court counts of its own procedures, and both sides of appearances."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from bulletins.tables.shapes import TOTAL, Rows, Scope, share, summed
from cases.figures.appearance import Appearances, by_agency, counted, placed
from cases.flow.table import table_of
from cases.hearings.reading import attendances
from cases.hearings.states import HearingState
from cases.models import Access, Appearance, Procedure
from cases.states import Kind
from members.models import Organization

COURT_KINDS = (
    Kind.FIRST_INSTANCE,
    Kind.SECOND_INSTANCE,
    Kind.RETRIAL,
    Kind.NON_LITIGATION,
)
SUITS = (Kind.FIRST_INSTANCE, Kind.SECOND_INSTANCE, Kind.RETRIAL)


def procedures(scope: Scope, kinds: Iterable[str]) -> QuerySet[Procedure]:
    """The issuer's own procedures of these kinds that were accepted by the last day."""
    rows = Procedure.objects.filter(
        dispute__jurisdiction=scope.mechanism.jurisdiction_id,
        organ__in=scope.organs,
        kind__in=tuple(kinds),
        accepted_on__lte=scope.last_on,
    )
    return rows.select_related("dispute__agency")


def closed_within(one: Procedure, scope: Scope) -> bool:
    return one.closed_on is not None and scope.first_on <= one.closed_on <= scope.last_on


def flow(rows: Iterable[Procedure], scope: Scope) -> list[int]:
    """Open before, accepted, closed, open after."""
    held = list(rows)
    before = [one for one in held if one.accepted_on and one.accepted_on < scope.first_on]
    open_before = [
        one for one in before if one.closed_on is None or one.closed_on >= scope.first_on
    ]
    accepted = len(held) - len(before)
    closed = sum(closed_within(one, scope) for one in held)
    return [len(open_before), accepted, closed, len(open_before) + accepted - closed]


def suits(scope: Scope) -> Rows:
    found: dict[str, list[Procedure]] = defaultdict(list)
    for one in procedures(scope, COURT_KINDS):
        found[one.kind].append(one)
    return summed(
        [[table_of(kind).name, *flow(found[kind], scope)] for kind in COURT_KINDS if found[kind]]
    )


def outcomes(scope: Scope) -> Rows:
    rows = [one for one in procedures(scope, COURT_KINDS) if closed_within(one, scope)]
    found = Counter((one.kind, one.mode) for one in rows)
    order: dict[tuple[str, str], int] = {
        (kind, key): n for kind in COURT_KINDS for n, key in enumerate(table_of(kind).modes)
    }
    return [
        [table_of(kind).name, table_of(kind).modes[mode].name, found[kind, mode]]
        for kind, mode in sorted(found, key=lambda pair: (COURT_KINDS.index(pair[0]), order[pair]))
    ]


def losses(scope: Scope) -> Rows:
    found: dict[Organization, list[Procedure]] = defaultdict(list)
    for one in procedures(scope, SUITS):
        if closed_within(one, scope):
            found[one.dispute.agency].append(one)
    lines = [(unit.short_name, found[unit]) for unit in sorted(found, key=in_order)]
    every = [one for rows in found.values() for one in rows]
    if len(lines) > 1:
        lines.append((TOTAL, every))
    return [_loss_line(name, rows) for name, rows in lines]


def _loss_line(name: str, rows: list[Procedure]) -> list[str | int]:
    judged = [one for one in rows if one.outcome and one.outcome.judgment]
    lost = sum(one.outcome.against for one in judged if one.outcome)
    return [name, len(rows), lost, share(lost, len(judged))]


def in_order(unit: Organization) -> tuple[int, int]:
    return unit.order, unit.pk


def appearances(scope: Scope) -> Rows:
    """Of the disputes in which the issuer takes part, by agency."""
    seen = Access.objects.filter(principal__in=scope.principals).values("dispute")
    own = Q(hearing__procedure__organ__in=scope.organs)
    theirs = Appearance.objects.filter(
        own | Q(hearing__procedure__dispute__in=seen),
        hearing__procedure__kind__in=SUITS,
        hearing__procedure__dispute__jurisdiction=scope.mechanism.jurisdiction_id,
    )
    heard = theirs.filter(
        hearing__on__range=(scope.first_on, scope.last_on), hearing__state=HearingState.HELD
    )
    rows = theirs.filter(hearing__procedure__in=heard.values("hearing__procedure"))
    held = placed(attendances(rows), scope.first_on, scope.last_on)
    found = by_agency(held)
    units = Organization.objects.in_bulk([pk for pk in found if isinstance(pk, int)])
    ordered = sorted(units.values(), key=in_order)
    lines = [_appeared_line(unit.short_name, found[unit.pk]) for unit in ordered]
    return [*lines, _appeared_line(TOTAL, counted(held))] if len(lines) > 1 else lines


def _appeared_line(name: str, figures: Appearances) -> list[str | int]:
    came = figures.appeared
    rate = share(came.n, came.d)
    return [name, came.d, came.n, rate, figures.principals.n, figures.spoke.n]


def non_litigation(scope: Scope) -> Rows:
    found: dict[Organization, list[Procedure]] = defaultdict(list)
    for one in procedures(scope, (Kind.NON_LITIGATION,)):
        found[one.dispute.agency].append(one)
    lines: Rows = []
    for unit in sorted(found, key=in_order):
        _before, accepted, _all, _after = flow(found[unit], scope)
        closed = [one for one in found[unit] if closed_within(one, scope)]
        denied = sum(one.outcome.against for one in closed if one.outcome)
        granted = sum(one.mode == "granted" for one in closed)
        if accepted or closed:
            lines.append([unit.short_name, accepted, len(closed), granted, denied])
    return summed(lines)

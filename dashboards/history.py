"""Month ends side by side, and what is known of them today."""

from dataclasses import dataclass
from datetime import date

from dashboards.compliance import Look
from dashboards.models import MonthEnd, MonthEndState
from mechanisms.judging import Judgement, judgements
from mechanisms.models import Mechanism
from mechanisms.states import ComplianceState

S = ComplianceState
MONTHS_SHOWN = 12


@dataclass(frozen=True)
class Since:
    """The last frozen month before a day, and the clauses broken since."""

    month: MonthEnd
    broken: int
    soon: int
    newly_broken: tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """One clause at one month's end; `changed` against the month before."""

    month: MonthEnd
    look: Look | None
    changed: bool


@dataclass(frozen=True)
class Row:
    number: str
    clause: str
    cells: tuple[Cell, ...]

    @property
    def changes(self) -> int:
        return sum(cell.changed for cell in self.cells)


@dataclass(frozen=True)
class Difference:
    """A clause as it was frozen, and how its day is judged by what is known today."""

    frozen: MonthEndState
    was: Look
    now: Look | None
    said: str

    @property
    def differs(self) -> bool:
        return self.now is None or self.was.state != self.now.state


def since_last_month(mechanism: Mechanism, found: list[Judgement], on: date) -> Since | None:
    month = mechanism.month_ends.filter(on__lt=on).order_by("-on").first()
    if month is None:
        return None
    then = dict(month.states.values_list("provision", "standing"))
    broken = [one.provision.number for one in found if one.finding.state == S.BROKEN]
    standings = list(then.values())
    return Since(
        month=month,
        broken=standings.count(S.BROKEN),
        soon=standings.count(S.DUE_SOON),
        newly_broken=tuple(number for number in broken if then.get(number) != S.BROKEN),
    )


def history(
    mechanism: Mechanism, *, changed_only: bool = False
) -> tuple[list[MonthEnd], list[Row]]:
    """The last months and the clauses in the order of the newest text; two queries."""
    newest = mechanism.month_ends.order_by("-on")[:MONTHS_SHOWN]
    months = sorted(newest, key=lambda month: month.on)
    states = MonthEndState.objects.filter(month_end__in=months).order_by("month_end__on", "order")
    names: dict[str, MonthEndState] = {}
    standing: dict[tuple[str, int], str] = {}
    for one in states:
        names[one.provision] = one
        standing[one.provision, one.month_end_id] = one.standing
    ordered = sorted(names.values(), key=lambda one: (one.order, one.provision))
    rows = [Row(one.provision, one.clause, _cells(one, months, standing)) for one in ordered]
    return months, [row for row in rows if row.changes or not changed_only]


def _cells(
    row: MonthEndState, months: list[MonthEnd], standing: dict[tuple[str, int], str]
) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    before = ""
    for month in months:
        now = standing.get((row.provision, month.pk), "")
        look = Look(S(now)) if now else None
        cells.append(Cell(month, look, bool(before and now and now != before)))
        before = now or before
    return tuple(cells)


def differences(month: MonthEnd) -> list[Difference]:
    """Every clause of a frozen month beside what is known of that day today."""
    now = {one.provision.number: one.finding for one in judgements(month.mechanism, month.on)}
    found = []
    for frozen in month.states.all():
        finding = now.get(frozen.provision)
        found.append(
            Difference(
                frozen=frozen,
                was=Look(S(frozen.standing)),
                now=Look(finding.state) if finding else None,
                said=str(finding.said) if finding else "",
            )
        )
    return found

"""The board of matters owed: matters by months, each cell what was told, or is due."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import takewhile

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bulletins.cadence import Cadence
from bulletins.models import Covered, Instalment, InstalmentState, Obligation
from bulletins.told import READ, RECEIVED, SENT, Told, stage_of, told_in
from mechanisms.models import Mechanism
from mechanisms.queries import provision
from members.models import Organization, User

OVER, SOON, DUE, NIL, NONE = "over", "soon", "due", "nil", "na"
SOON_DAYS = 7
MONTHS = range(1, 13)
ORDER = (OVER, SOON, SENT, RECEIVED, DUE, READ, NIL)
"""Of several in one month, the first of these is shown."""

LATE_ICON = "check2-circle"
ICONS = {
    READ: "check2-all",
    RECEIVED: "check2",
    SENT: "send",
    SOON: "clock-history",
    OVER: "exclamation-octagon-fill",
    DUE: "circle",
    NIL: "dash-circle",
}
NAMES: dict[str, str | Promise] = {
    READ: gettext_lazy("Read by all"),
    RECEIVED: gettext_lazy("Received, not all have read it"),
    SENT: gettext_lazy("Sent, receipt outstanding"),
    SOON: gettext_lazy("Due within 7 days"),
    OVER: gettext_lazy("Overdue, not sent"),
    DUE: gettext_lazy("Not yet due"),
    NIL: gettext_lazy("Nil return"),
}
LEGEND = (
    (READ, "green"),
    (RECEIVED, "green"),
    (SENT, "blue"),
    (SOON, "amber"),
    (OVER, "red"),
    (DUE, "slate"),
    (NIL, "slate"),
)


@dataclass(frozen=True)
class Entry:
    """One instalment, or one bulletin of a matter without instalments, in its month."""

    stage: str
    on: date
    url: str
    label: str
    days: int = 0
    """Overdue, left, or late."""
    shown: str = ""
    """The day that the cell names, if it is not the one that puts it into its month."""

    @property
    def late(self) -> bool:
        return self.days > 0 and self.stage in (SENT, RECEIVED, READ, NIL)

    @property
    def words(self) -> str:
        if self.stage == OVER:
            return ngettext("%(n)dd over", "%(n)dd over", self.days) % {"n": self.days}
        if self.stage == SOON and self.days == 0:
            return _("today")
        if self.stage == SOON:
            return ngettext("%(n)dd left", "%(n)dd left", self.days) % {"n": self.days}
        if self.late:
            return ngettext("%(n)dd late", "%(n)dd late", self.days) % {"n": self.days}
        if self.stage == NIL:
            return _("nil")
        return self.shown or f"{self.on:%m-%d}"


@dataclass(frozen=True)
class Cell:
    month: int
    now: bool
    entries: tuple[Entry, ...] = ()
    more_url: str = ""

    @property
    def first(self) -> Entry | None:
        """The one that decides how the cell looks."""
        return min(self.entries, key=lambda one: ORDER.index(one.stage), default=None)

    @property
    def css(self) -> str:
        first = self.first
        if first is None:
            return NONE
        return "late" if first.late and first.stage != NIL else first.stage

    @property
    def icon(self) -> str:
        return LATE_ICON if self.css == "late" else ICONS.get(self.css, "")

    @property
    def words(self) -> str:
        first, n = self.first, len(self.entries)
        if first is None:
            return "·"
        if n > 1 and first.stage not in (OVER, SOON):
            return ngettext("%(n)d piece", "%(n)d pieces", n) % {"n": n}
        return first.words

    @property
    def url(self) -> str:
        first = self.first
        if first is None:
            return ""
        return first.url if len(self.entries) == 1 else self.more_url

    @property
    def said(self) -> str:
        """The cell in a sentence, for who hears the page and for the pointer."""
        lines = [f"{one.label}：{NAMES[one.stage]}（{one.words}）" for one in self.entries]
        return "；".join(lines)


@dataclass(frozen=True)
class Row:
    obligation: Obligation
    cells: tuple[Cell, ...]
    done: int
    owed: int

    @property
    def sum(self) -> str:
        if not self.owed:
            return "—"
        return str(self.done) if self.obligation.cadence == Cadence.AS_NEEDED else self._of

    @property
    def _of(self) -> str:
        return f"{self.done} / {self.owed}"


@dataclass(frozen=True)
class Group:
    title: str
    note: str
    rows: tuple[Row, ...]


@dataclass
class Board:
    """The matters of an institution in a year, as they stand on a day, for one reader.

    `chosen` is a stage whose entries alone are shown; "" for all. Five queries, however
    many cells there are.
    """

    mechanism: Mechanism
    obligations: list[Obligation]
    reader: User
    year: int
    today: date
    chosen: str = ""

    @cached_property
    def entries(self) -> dict[int, list[Entry]]:
        found: dict[int, list[Entry]] = defaultdict(list)
        told = defaultdict(list)
        plain = []
        for one in told_in(Covered.objects.filter(obligation__in=self.obligations), self.reader):
            if one.instalment_id:
                told[one.instalment_id].append(one)
            elif one.url and one.on.year == self.year:
                plain.append(one)
        names = {one.pk: one.name for one in self.obligations}
        for row in self._instalments:
            entry = self._entry(row, told[row.pk])
            if entry.on.year == self.year:
                found[row.obligation_id].append(entry)
        for one in plain:
            entry = Entry(one.stage, one.on, one.url, names[one.obligation_id])
            found[one.obligation_id].append(entry)
        return found

    @property
    def _instalments(self) -> Iterable[Instalment]:
        first, last = date(self.year - 1, 11, 1), date(self.year + 1, 2, 28)
        rows = Instalment.objects.standing().filter(obligation__in=self.obligations)
        near = rows.filter(due_on__range=(first, last)) | rows.filter(
            due_on=None, first_on__year=self.year
        )
        return near.select_related("obligation").order_by("due_on", "pk")

    def _entry(self, row: Instalment, told: list[Told]) -> Entry:
        """Monthly ones and late ones in the month of their last day, others where they were
        sent."""
        links = [one.url for one in told if one.url]
        url = links[0] if len(told) == 1 and links else row.get_absolute_url()
        if row.state == InstalmentState.DUE:
            return self._owed(row)
        done_on, stage = row.done_on or row.last_on, stage_of(told)
        if row.state == InstalmentState.NIL:
            stage = NIL
        fixed = row.obligation.cadence == Cadence.MONTH or row.is_late
        on = row.due_on if fixed and row.due_on else done_on
        return Entry(stage, on, url, row.label, max(row.days_late, 0), f"{done_on:%m-%d}")

    def _owed(self, row: Instalment) -> Entry:
        url = row.get_absolute_url()
        if row.due_on is None:
            return Entry(DUE, row.first_on, url, row.label, shown=_("no day"))
        left = (row.due_on - self.today).days
        if left < 0:
            return Entry(OVER, row.due_on, url, row.label, -left)
        return Entry(SOON if left <= SOON_DAYS else DUE, row.due_on, url, row.label, left)

    @property
    def groups(self) -> Iterator[Group]:
        rows = [self._row(one) for one in self.obligations]
        kept = [row for row in rows if not self.chosen or any(c.entries for c in row.cells)]
        ways: dict[tuple[int, str], list[Row]] = {}
        for row in kept:
            owed = row.obligation
            ways.setdefault((owed.debtor_id, _short(owed.creditors.all())), []).append(row)
        for group in ways.values():
            yield self._group(tuple(group))

    def _group(self, rows: tuple[Row, ...]) -> Group:
        first = rows[0].obligation
        title = f"{first.debtor.short_name} → {_short(first.creditors.all())}"
        offices = "、".join(dict.fromkeys(row.obligation.office.short_name for row in rows))
        clauses = self._clauses([row.obligation for row in rows])
        said = _("handled by %(offices)s") % {"offices": offices}
        return Group(title, "，".join(filter(None, (clauses, said))), rows)

    def _clauses(self, rows: list[Obligation]) -> str:
        """The part of the text in which all of them stand: 制度四（一）1."""
        found = [provision(self.mechanism, one.number, self.today) for one in rows]
        shared = _shared([clause.clause for clause in found if clause])
        return _("institution, %(clause)s") % {"clause": shared} if shared else ""

    def _row(self, one: Obligation) -> Row:
        entries = self.entries[one.pk]
        shown = [entry for entry in entries if self.chosen in ("", entry.stage)]
        cells = tuple(
            Cell(
                month=month,
                now=(self.year, month) == (self.today.year, self.today.month),
                entries=tuple(e for e in shown if e.on.month == month),
                more_url=one.get_absolute_url(),
            )
            for month in MONTHS
        )
        done = sum(entry.stage not in (OVER, SOON, DUE) for entry in entries)
        return Row(one, cells, done, len(entries))

    @cached_property
    def counts(self) -> dict[str, int]:
        every = [entry.stage for rows in self.entries.values() for entry in rows]
        return {stage: every.count(stage) for stage in ORDER}

    @property
    def on_time(self) -> tuple[int, int]:
        """Of what was due so far in the year, how much was told in time."""
        every = [entry for rows in self.entries.values() for entry in rows]
        due = [entry for entry in every if entry.stage not in (SOON, DUE)]
        return sum(entry.stage != OVER and not entry.late for entry in due), len(due)

    @property
    def overdue_ways(self) -> str:
        """Who owes whom what is overdue: 政府 → 法院; no more than two ways."""
        ways = [
            f"{one.debtor.get_side_display()} → {_sides(one.creditors.all())}"
            for one in self.obligations
            if any(entry.stage == OVER for entry in self.entries[one.pk])
        ]
        return "；".join(list(dict.fromkeys(ways))[:2])


def _shared(clauses: list[str]) -> str:
    """With what all of them begin, cut before a bracket that is not closed."""
    same = takewhile(lambda signs: len(set(signs)) == 1, zip(*clauses, strict=False))
    begin = "".join(signs[0] for signs in same)
    open_bracket = begin.count("（") > begin.count("）")
    return begin[: begin.rfind("（")] if open_bracket else begin


def _short(units: Iterable[Organization]) -> str:
    ordered = sorted(units, key=lambda unit: (unit.order, unit.pk))
    return "、".join(unit.short_name for unit in ordered)


def _sides(units: Iterable[Organization]) -> str:
    ordered = sorted(units, key=lambda unit: (unit.order, unit.pk))
    return "、".join(dict.fromkeys(str(unit.get_side_display()) for unit in ordered))

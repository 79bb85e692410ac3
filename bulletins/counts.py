"""Two counts of one fact, side by side (YN-26 and YN-32): where they differ, unit by unit."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property

from bulletins.models import Bulletin, CountNote, FigureTable, Instalment, Obligation
from bulletins.states import BulletinState
from foundations.access.policy import visible_to
from members.models import Organization, User


@dataclass(frozen=True)
class CountRow:
    unit: str
    pairs: tuple[tuple[str, str, bool], ...]

    @property
    def differs(self) -> bool:
        return any(differs for _first, _second, differs in self.pairs)


@dataclass
class Counts:
    """Of one term, the tables of both matters; `first` comes first in the text.

    A table is None where its matter was not told with figures yet, or the reader may not
    open the bulletin that holds it.
    """

    first: Instalment
    second: Instalment
    tables: tuple[FigureTable | None, FigureTable | None]

    @cached_property
    def columns(self) -> list[str]:
        """The heads that both tables have, but for the first one, which names the unit."""
        first, second = self.tables
        if first is None or second is None:
            return []
        return [head for head in first.columns[1:] if head in second.columns[1:]]

    @cached_property
    def rows(self) -> list[CountRow]:
        left, right = (_by_unit(table) for table in self.tables)
        units = [*left, *(unit for unit in right if unit not in left)]
        return [self._row(unit, left.get(unit, {}), right.get(unit, {})) for unit in units]

    def _row(self, unit: str, left: dict, right: dict) -> CountRow:
        found = [(left.get(head, "—"), right.get(head, "—")) for head in self.columns]
        return CountRow(unit, tuple((one, other, one != other) for one, other in found))

    @property
    def is_complete(self) -> bool:
        return None not in self.tables

    @property
    def differing(self) -> int:
        return sum(row.differs for row in self.rows)

    @cached_property
    def digest(self) -> str:
        told = [[table.columns, table.rows] if table else [] for table in self.tables]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()

    @property
    def notes(self) -> list[CountNote]:
        return list(self.first.count_notes.select_related("organization", "by"))

    @property
    def sides(self) -> tuple[Organization, Organization]:
        return self.first.obligation.debtor, self.second.obligation.debtor

    @property
    def agreed_by(self) -> list[Organization]:
        """Who agreed on these very figures."""
        notes = self.first.count_notes.filter(agrees=True, digest=self.digest)
        held = set(notes.values_list("organization", flat=True))
        return [unit for unit in self.sides if unit.pk in held]

    @property
    def is_agreed(self) -> bool:
        return len(self.agreed_by) == len(self.sides)


def counts_of(row: Instalment, reader: User | None) -> Counts | None:
    """The two counts of the term of an instalment; None where nothing counts the same fact.

    `reader` None is the system, to whom everything is open.
    """
    twin = _twin(row)
    if twin is None:
        return None
    first, second = sorted((row, twin), key=lambda one: (one.obligation.order, one.obligation.pk))
    return Counts(first, second, (_table(first, reader), _table(second, reader)))


def _twin(row: Instalment) -> Instalment | None:
    owed = row.obligation
    if not (owed.reconciles_with and row.term):
        return None
    others = Obligation.objects.filter(mechanism=owed.mechanism, key=owed.reconciles_with)
    twins = Instalment.objects.standing().filter(obligation__in=others, term=row.term)
    return twins.for_listing().order_by("-pk").first()


def _table(row: Instalment, reader: User | None) -> FigureTable | None:
    told = Bulletin.objects.all() if reader is None else visible_to(reader, Bulletin)
    tables = FigureTable.objects.filter(
        bulletin__in=told.filter(state=BulletinState.CIRCULATED, covered__instalment=row),
        key=row.obligation.figures,
    )
    return tables.order_by("-bulletin__circulated_on", "-pk").first()


def _by_unit(table: FigureTable | None) -> dict[str, dict[str, str]]:
    if table is None:
        return {}
    return {
        str(line[0]): {
            head: str(cell) for head, cell in zip(table.columns[1:], line[1:], strict=False)
        }
        for line in table.rows
        if line
    }

"""The counting rows are compared with what they should be; what differs is written."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from cases.models import AgencyTally, Dispute, Procedure, Tally
from cases.tallies.counting import counted
from cases.tallies.reading import read

AT_ONCE = 1000
"""So many rows are written in a statement."""


@dataclass(frozen=True)
class Difference:
    """A row that is not what it should be, column by column: stored, and as it should be.
    `columns` is empty for a row that is missing, or should not be there."""

    procedure: int
    organization: int | None
    columns: dict[str, tuple[Any, Any]]
    missing: bool = False
    surplus: bool = False


@dataclass
class _Changes:
    """What has to be written of one table."""

    model: type[Model]
    made: list[Any] = field(default_factory=list)
    changed: list[Any] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    gone: list[int] = field(default_factory=list)
    told: list[Difference] = field(default_factory=list)

    def store(self) -> None:
        rows = self.model._default_manager
        if self.gone:
            rows.filter(pk__in=self.gone).delete()
        if self.changed:
            rows.bulk_update(self.changed, sorted(self.names), batch_size=AT_ONCE)
        if self.made:
            rows.bulk_create(self.made, batch_size=AT_ONCE)


def refresh(dispute: Dispute, procedures: Iterable[Procedure] | None = None) -> None:
    """Write the counting rows of a dispute that its caller has locked, where anything changed.

    `procedures` are all of the dispute's, as they stand, with `dispute` as it is stored;
    without them both are read anew.
    """
    _write([dispute.pk], procedures)


def refresh_all(disputes: Sequence[int], procedures: Iterable[Procedure] | None = None) -> None:
    """The same of many disputes by their keys, in as many statements."""
    _write(disputes, procedures)


def differences(disputes: Sequence[int]) -> list[Difference]:
    """Where the stored rows are not what is derived from the disputes now."""
    return [one for changes in _compared(disputes, None) for one in changes.told]


def _write(disputes: Sequence[int], procedures: Iterable[Procedure] | None) -> None:
    for changes in _compared(disputes, procedures):
        changes.store()


def _compared(
    disputes: Sequence[int], procedures: Iterable[Procedure] | None
) -> tuple[_Changes, _Changes]:
    wanted = [one for story in read(disputes, procedures) for one in counted(story)]
    rows = AgencyTally.objects.filter(tally__dispute__in=disputes).select_related("tally")
    agencies = {(row.tally_id, row.organization_id): row for row in rows}
    tallies = {row.tally_id: row.tally for row in agencies.values()}
    alone = [one.tally.pk for one in wanted if one.tally.pk not in tallies]
    if alone:
        tallies |= Tally.objects.in_bulk(alone)
    whole, apart = _Changes(Tally), _Changes(AgencyTally)
    for one in wanted:
        _compare(whole, tallies.pop(one.tally.pk, None), one.tally)
        for row in one.agencies:
            _compare(apart, agencies.pop((row.tally_id, row.organization_id), None), row)
    for left in agencies.values():
        apart.gone.append(left.pk)
        apart.told.append(Difference(left.tally_id, left.organization_id, {}, surplus=True))
    return whole, apart


def _compare(changes: _Changes, stored: Any, wanted: Any) -> None:
    whose = _whose(wanted)
    if stored is None:
        changes.made.append(wanted)
        changes.told.append(Difference(*whose, {}, missing=True))
        return
    found = dict(_differing(stored, wanted))
    if not found:
        return
    wanted.pk = stored.pk
    changes.changed.append(wanted)
    changes.names |= found.keys()
    changes.told.append(Difference(*whose, found))


def _whose(row: Tally | AgencyTally) -> tuple[int, int | None]:
    if isinstance(row, AgencyTally):
        return row.tally_id, row.organization_id
    return row.procedure_id, None


def _differing(stored: Model, wanted: Model) -> Iterator[tuple[str, tuple[Any, Any]]]:
    for column in stored._meta.concrete_fields:
        if column.primary_key:
            continue
        before, now = getattr(stored, column.attname), getattr(wanted, column.attname)
        if before != now:
            yield column.name, (before, now)

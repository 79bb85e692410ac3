"""Courses as rows, a batch at a time: the demo's and the benchmarks' own writer.

Nothing of it stands in the trail, nobody is told. What it writes is what the actions write:
a test plays courses both ways and compares every table.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.db import transaction

from cases import tallies
from cases.actions.bulk.session import Session
from cases.actions.bulk.writing import about, insert
from cases.models import Access, LossAnalysis, Performance, PerformanceState, WayOut
from cases.standing import put
from cases.states import NO_WAY
from demo.diary import moment
from demo.disputes import deeds as d
from demo.disputes.bulk.deeds import WRITES
from demo.disputes.bulk.limits import Limit, Limits
from demo.disputes.bulk.sheet import ORDER, Sheet
from demo.disputes.bulk.sitting import derive
from demo.disputes.cast import Cast
from services.deadlines.models import Deadline, DeadlineState, Extension, Pause

BATCH = 500


def write(cast: Cast, courses: Iterable[list[d.Deed]]) -> int:
    """How many disputes were written; each batch in a transaction, the numbers at the end."""
    session = Session(cast.mechanism, actor=None, at=moment(cast.today, "18:00"))
    told: dict[str, str] = {}
    written = 0
    every = iter(courses)
    while batch := [_sheet(cast, session, told, one) for one in islice(every, BATCH)]:
        with transaction.atomic():
            _store(batch)
            tallies.refresh_all([sheet.dispute.pk for sheet in batch])
        written += len(batch)
    cast.numbers.keep()
    return written


def _sheet(cast: Cast, session: Session, told: dict[str, str], course: list[d.Deed]) -> Sheet:
    sheet = Sheet(cast, Limits(session), told)
    for deed in course:
        WRITES[type(deed)](sheet, deed)
    _finish(sheet, cast.today)
    return sheet


def _finish(sheet: Sheet, today: date) -> None:
    """What is derived at the end of every action, once."""
    sheet.limits.lapse(today)
    derive(sheet)
    rows = sorted((one.row for one in sheet.chapters.values()), key=lambda row: row.opened_on)
    owed = (item.state == PerformanceState.OWED for item in sheet.rows[Performance])
    ended = (row.way == NO_WAY for row in sheet.rows[WayOut])
    due = _next_due(sheet)
    put(sheet.dispute, rows, due, owes=lambda: any(owed), given_up=lambda: any(ended))
    for access in sheet.rows[Access]:
        for name, value in sheet.dispute.listed.items():
            setattr(access, name, value)


def _next_due(sheet: Sheet) -> Deadline | None:
    """An analysis is the agency's own and not a duty of the dispute."""
    duties = [
        one.row
        for one in sheet.limits.all
        if one.row.state == DeadlineState.OPEN
        and not one.row.window
        and not isinstance(one.subject, LossAnalysis)
    ]
    return min(duties, key=lambda row: row.due_on, default=None)


def _store(sheets: list[Sheet]) -> None:
    for model in ORDER:
        insert(model, (row for sheet in sheets for row in sheet.rows[model]))
    limits = [one for sheet in sheets for one in sheet.limits.all]
    insert(Deadline, (about(one.row, one.subject) for one in limits))
    insert(Pause, _parts(limits, "pauses"))
    insert(Extension, _parts(limits, "extensions"))


def _parts(limits: list[Limit], name: str) -> Iterator[Any]:
    for one in limits:
        yield from getattr(one, name)

"""The tables of a draft: counted by the portal, or typed; they stay as they are once signed."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from bulletins.actions.bulletin_steps import locked_bulletin
from bulletins.models import Bulletin, FigureTable
from bulletins.states import FigureSource
from bulletins.tables import TABLES, Rows, Scope, counted
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from suggestions.actions.steps import day_of

MOST_ROWS, MOST_SIGNS = 60, 120


def keep_tables(bulletin: Bulletin, keys: Iterable[str], on: date) -> None:
    """Have these tables in the draft: new ones are counted, others counted anew, the rest go.

    Raises RuleBroken("no_period", field first_on) where there are no days to count.
    """
    wanted = [key for key in TABLES if key in set(keys)]
    bulletin.tables.exclude(key__in=wanted).delete()
    held = {row.key: row for row in bulletin.tables.all()}
    for order, key in enumerate(wanted):
        table = TABLES[key]
        row = held.get(key) or FigureTable(
            bulletin=bulletin,
            key=key,
            title=table.title,
            columns=list(table.columns),
            basis=table.basis,
            source=FigureSource.PORTAL if table.count else FigureSource.TYPED,
        )
        row.order = order
        _count(row, on)
        row.save()


def count_anew(bulletin: Bulletin, on: date) -> None:
    """As signing freezes them: what the portal counts, as it stands on the day."""
    for row in bulletin.tables.all():
        _count(row, on)
        row.save()


def _count(row: FigureTable, on: date) -> None:
    if row.source != FigureSource.PORTAL:
        return
    days = row.bulletin.days
    if days is None:
        message = _("Name the first and the last day that the figures are counted for.")
        raise RuleBroken("no_period", message, "first_on")
    bulletin = row.bulletin
    row.rows = counted(row.key, Scope(bulletin.mechanism, bulletin.issuer, *days, on))
    row.counted_on = on


@action
def type_table(
    bulletin_id: int,
    *,
    actor: Actor,
    at: datetime,
    key: str,
    rows: list[list[str]],
    version: int | None = None,
) -> FigureTable:
    """Put typed figures in the place of the table's; empty rows are left out.

    Raises RuleBroken: "unknown_table", "too_many_rows", "too_long".
    """
    bulletin = locked_bulletin(bulletin_id)
    policy_for(Bulletin).require(actor, "edit", bulletin)
    bulletin.require_version(version)
    row = bulletin.tables.filter(key=key).first()
    if row is None:
        raise RuleBroken("unknown_table", _("The draft has no such table."))
    row.rows, row.source, row.counted_on = _checked(row, rows), FigureSource.TYPED, day_of(at)
    row.save()
    bulletin.store()
    record(actor, "bulletins.bulletin.figures_typed", bulletin, table=row.title)
    return row


def _checked(table: FigureTable, rows: list[list[str]]) -> Rows:
    width = len(table.columns)
    cut = [[cell.strip() for cell in row[:width]] for row in rows]
    full = [row + [""] * (width - len(row)) for row in cut if any(row)]
    if len(full) > MOST_ROWS:
        message = _("A table takes at most %(n)d rows.") % {"n": MOST_ROWS}
        raise RuleBroken("too_many_rows", message)
    if any(len(cell) > MOST_SIGNS for row in full for cell in row):
        message = _("A cell takes at most %(n)d characters.") % {"n": MOST_SIGNS}
        raise RuleBroken("too_long", message)
    return [[_number(cell) for cell in row] for row in full]


def _number(cell: str) -> str | int:
    return int(cell) if cell.isdecimal() and cell.isascii() and len(cell) < 10 else cell


@action
def count_table(bulletin_id: int, *, actor: Actor, at: datetime, key: str) -> FigureTable:
    """Have the portal count a table again in the place of what was typed."""
    bulletin = locked_bulletin(bulletin_id)
    policy_for(Bulletin).require(actor, "edit", bulletin)
    row = bulletin.tables.filter(key=key).first()
    if row is None or TABLES[key].count is None:
        raise RuleBroken("unknown_table", _("The portal does not count this table."))
    row.source = FigureSource.PORTAL
    _count(row, day_of(at))
    row.save()
    bulletin.store()
    record(actor, "bulletins.bulletin.figures_counted", bulletin, table=row.title)
    return row

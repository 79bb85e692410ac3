"""The tables of a draft: counted by the portal, or typed; they stay as they are once signed."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from bulletins.actions.bulletin_steps import locked_bulletin
from bulletins.kept import corrected_by
from bulletins.models import Bulletin, FigureTable
from bulletins.states import FigureSource
from bulletins.tables import (
    BY_UNIT,
    ERRATUM,
    INDICATORS,
    TABLES,
    Picked,
    Rows,
    Scope,
    frozen,
    is_of_indicators,
    table_named,
)
from bulletins.tables.indicators import publishes
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from suggestions.actions.steps import day_of

MOST_ROWS, MOST_SIGNS = 60, 120


def keep_tables(
    bulletin: Bulletin, keys: Iterable[str], indicators: Iterable[str], at: datetime
) -> None:
    """Have these tables in the draft: new ones are counted, others counted anew, the rest go.

    Raises RuleBroken("no_period", field first_on) where there are no days to count;
    "not_publishing" (field tables) and "no_indicators" (field indicators).
    """
    wanted, picked = in_order(keys), tuple(dict.fromkeys(indicators))
    _require_countable(bulletin, wanted, picked)
    bulletin.tables.exclude(key__in=wanted).delete()
    held = {row.key: row for row in bulletin.tables.all()}
    for order, key in enumerate(wanted, start=1):
        row = held.get(key) or _new_table(bulletin, key)
        row.order = order
        _count(row, at, picked if key == INDICATORS else None)
        row.save()
    _put_erratum(bulletin, at)


def in_order(keys: Iterable[str]) -> list[str]:
    """Indicators, then one of them by unit, then the others; what no table is called is left
    out, and what a correcting issue changes is not chosen."""
    given = list(dict.fromkeys(keys))
    known = [key for key in given if key != ERRATUM and table_named(key)]
    first = [key for key in known if key == INDICATORS]
    units = [key for key in known if key.startswith(BY_UNIT)]
    return [*first, *units, *(key for key in TABLES if key in known)]


def _require_countable(bulletin: Bulletin, keys: list[str], picked: tuple[str, ...]) -> None:
    of_indicators = any(is_of_indicators(key) for key in keys)
    if of_indicators and not publishes(bulletin.mechanism, bulletin.issuer):
        message = _("Figures of the whole institution are published by its parties.")
        raise RuleBroken("not_publishing", message, "tables")
    if INDICATORS in keys and not picked:
        raise RuleBroken("no_indicators", _("Choose at least one indicator."), "indicators")


def _new_table(bulletin: Bulletin, key: str) -> FigureTable:
    table = table_named(key)
    if table is None:
        raise KeyError(key)
    typed = table.count is None and not is_of_indicators(key) and key != ERRATUM
    return FigureTable(
        bulletin=bulletin,
        key=key,
        title=table.title,
        columns=list(table.columns),
        basis=table.basis,
        source=FigureSource.TYPED if typed else FigureSource.PORTAL,
    )


def count_anew(bulletin: Bulletin, at: datetime) -> None:
    """As signing freezes them: what the portal counts, as it stands at the moment."""
    for row in bulletin.tables.exclude(key=ERRATUM):
        _count(row, at)
        row.save()
    _put_erratum(bulletin, at)


def chosen_in(bulletin: Bulletin) -> tuple[str, ...]:
    """The indicators of its table, in their order."""
    row = bulletin.tables.filter(key=INDICATORS).first()
    return tuple(one["key"] for one in row.filter.get("indicators", ())) if row else ()


def _count(row: FigureTable, at: datetime, picked: tuple[str, ...] | None = None) -> None:
    """`picked`: other indicators than the table has had."""
    if row.source != FigureSource.PORTAL:
        return
    bulletin = row.bulletin
    days = bulletin.days
    if days is None:
        message = _("Name the first and the last day that the figures are counted for.")
        raise RuleBroken("no_period", message, "first_on")
    keys = [one["key"] for one in row.filter.get("indicators", ())] if picked is None else picked
    wanted = tuple(Picked(key) for key in keys)
    known_on = _known_on(row, days, day_of(at))
    found = frozen(row.key, Scope(bulletin.mechanism, bulletin.issuer, *days, known_on, wanted))
    row.rows, row.basis, row.filter = found.rows, found.basis, found.filter
    row.counted_on, row.counted_at = day_of(at), at


def _known_on(row: FigureTable, days: tuple[date, date], on: date) -> date:
    """A correcting issue tells of the same days what was known on the same day as the issue
    that it corrects: what happened since is no correction."""
    before = row.bulletin.corrects
    kept = before.tables.filter(key=row.key).first() if before else None
    if kept is None or [kept.filter.get(name) for name in ("first_on", "last_on")] != [
        day.isoformat() for day in days
    ]:
        return on
    return date.fromisoformat(kept.filter["known_on"])


def _put_erratum(bulletin: Bulletin, at: datetime) -> None:
    """What a correcting issue changes in the figures, from what to what, at its head."""
    found = corrected_by(bulletin)
    row = bulletin.tables.filter(key=ERRATUM).first()
    if not found:
        if row is not None:
            row.delete()
        return
    row = row or _new_table(bulletin, ERRATUM)
    row.rows = [one.cells for one in found]
    row.order, row.counted_on, row.counted_at = 0, day_of(at), at
    row.save()


def take_typed_over(bulletin: Bulletin, before: Bulletin) -> None:
    """A correcting issue begins with what people typed into the one that it corrects."""
    typed = {row.key: row for row in before.tables.filter(source=FigureSource.TYPED)}
    for row in bulletin.tables.filter(key__in=typed):
        row.rows, row.source = typed[row.key].rows, FigureSource.TYPED
        row.counted_on, row.counted_at, row.filter = typed[row.key].counted_on, None, {}
        row.save()


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

    Raises RuleBroken: "unknown_table", "never_typed" for indicators, "too_many_rows",
    "too_long".
    """
    bulletin = locked_bulletin(bulletin_id)
    policy_for(Bulletin).require(actor, "edit", bulletin)
    bulletin.require_version(version)
    row = bulletin.tables.filter(key=key).first()
    if row is None:
        raise RuleBroken("unknown_table", _("The draft has no such table."))
    if key not in TABLES:
        message = _("The portal alone counts this table; nothing is typed into it.")
        raise RuleBroken("never_typed", message)
    row.rows, row.source, row.counted_on = _checked(row, rows), FigureSource.TYPED, day_of(at)
    row.filter, row.counted_at = {}, None
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
    if row is None or key not in TABLES or TABLES[key].count is None:
        raise RuleBroken("unknown_table", _("The portal does not count this table."))
    row.source = FigureSource.PORTAL
    _count(row, at)
    row.save()
    bulletin.store()
    record(actor, "bulletins.bulletin.figures_counted", bulletin, table=row.title)
    return row


@action
def note_tables(bulletin_id: int, *, actor: Actor, at: datetime) -> None:
    """Somebody takes the tables away as a file."""
    record(actor, "bulletins.bulletin.exported", Bulletin.objects.get(pk=bulletin_id))

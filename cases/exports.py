"""The procedures of a view of the ledger in the columns of another platform, by a mapping."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from cases.dictionaries import area_name
from cases.imports.fields import CLOSE, Field, Sheet
from cases.imports.mapping import Columns
from cases.models import Dispute, Event, Participant, Party, Procedure
from foundations.ledgers.export import plain

HIDDEN = ("id_number", "phone", "address")
"""What identifies a person leaves in no list (P3)."""
Cell = Any


def procedures_in(disputes: QuerySet[Dispute], kind: str) -> QuerySet[Procedure]:
    rows = Procedure.objects.filter(kind=kind, dispute__in=disputes.order_by().values("pk"))
    parts = Participant.objects.select_related("organization")
    shown = Party.objects.only("dispute", "kind", "shown_name", "order").order_by("order", "pk")
    return (
        rows.select_related("dispute__agency")
        .prefetch_related(
            Prefetch("participants", queryset=parts),
            Prefetch("events", queryset=Event.objects.order_by("on", "pk")),
            Prefetch("dispute__parties", queryset=shown),
        )
        .order_by("opened_on", "pk")
    )


def table_of(rows: Iterable[Procedure], columns: Columns) -> Iterator[list[Cell]]:
    """The heads of theirs, then a line a procedure, natural persons masked."""
    fields = [one for one in columns.sheet.fields if one.key in columns.columns]
    yield [plain(columns.columns[one.key]) for one in fields]
    for row in rows:
        yield [plain(_theirs(columns, one, _value(row, one, columns.sheet))) for one in fields]


def _theirs(columns: Columns, field: Field, value: Cell) -> Cell:
    """Their word for ours, the first one that means it; else our own name for it."""
    if not isinstance(value, str) or not value:
        return value
    words = columns.values.get(field.key, {})
    ours = field.choices.get(value, value)
    return next((word for word, key in words.items() if key in (value, ours)), ours)


def _value(row: Procedure, field: Field, sheet: Sheet) -> Cell:
    if field.key in OF_DISPUTE:
        return OF_DISPUTE[field.key](row)
    if field.key in HIDDEN:
        return ""
    day = next((one for one in sheet.steps if one.day == field.key), None)
    if day is not None:
        return _day(row, day.step, day.names[1])
    return OF_PROCEDURE.get(field.key, lambda one: one.fact(field.key) or "")(row)


def _day(row: Procedure, step: str, side: str) -> date | str:
    if step == CLOSE:
        return row.closed_on or ""
    if step in ("accept", "file"):
        return row.accepted_on or ""
    if step == "effective":
        return row.effective_on or ""
    if step == "serve":
        parts = row.participants.all()
        agency = side == "agencies"
        days = [one.served_on for one in parts if (one.organization is not None) == agency]
        return max((day for day in days if day), default="")
    return row.happened_on(step) or ""


def _first_party(row: Procedure) -> Party | None:
    return next(iter(row.dispute.parties.all()), None)


def _others(row: Procedure) -> str:
    return "；".join(party.shown_name for party in list(row.dispute.parties.all())[1:])


OF_DISPUTE = {
    "party": lambda row: str(_first_party(row) or ""),
    "party_kind": lambda row: party.kind if (party := _first_party(row)) else "",
    "others": _others,
    "agency": lambda row: row.dispute.agency.name,
    "area": lambda row: area_name(row.dispute.area),
    "act_kind": lambda row: row.dispute.act_kind,
    "act": lambda row: row.dispute.act,
    "act_number": lambda row: row.dispute.act_number,
    "act_on": lambda row: row.dispute.act_on or "",
    "known_on": lambda row: row.dispute.known_on or "",
    "claims": lambda row: row.dispute.claims,
    "enterprise": lambda row: _("Yes") if row.dispute.enterprise else _("No"),
    "source": lambda row: row.dispute.source,
}
OF_PROCEDURE = {
    "number": lambda row: row.number,
    "received_on": lambda row: row.opened_on,
    "track": lambda row: row.track,
    "panel": lambda row: row.panel,
    "mode": lambda row: row.mode,
    "loss": lambda row: row.fact("ground_of_loss") or "",
    "reason": lambda row: "",
}

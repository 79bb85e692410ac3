"""The list behind a figure: exactly its rows, as a ledger with an export."""

from datetime import date
from functools import cache

from django.utils.translation import gettext_lazy as _

from foundations.ledgers.ledger import Column, Ledger
from services.indicators.sources import Source, source


@cache
def ledger_of(key: str) -> type[Ledger]:
    """The ledger of a source's rows, with the columns that the source names."""
    counted_in: Source = source(key)
    shown = {
        "name": f"figures-{key}",
        "title": counted_in.label,
        "model": counted_in.model,
        "columns": counted_in.columns,
        "row_template": "dashboards/_counted_row.html",
        "template": "dashboards/counted.html",
        "empty": _("Nothing is counted here"),
        "empty_hint": _("Choose another period, or another way of counting."),
    }
    return type("CountedLedger", (Ledger,), shown)


def cells(columns: tuple[Column, ...], row: object) -> list[tuple[Column, object]]:
    """What stands in each shown column; days as tables print them."""
    found = [(column, column.of(row)) for column in columns if column.shown]
    return [(column, _printed(value)) for column, value in found]


def _printed(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value

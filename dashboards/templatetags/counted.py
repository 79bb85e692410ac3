from typing import Any

from django import template

from dashboards.figures.rows import cells
from foundations.ledgers.ledger import Column

register = template.Library()


@register.filter
def cells_of(row: Any, columns: tuple[Column, ...]) -> list[tuple[Column, object]]:
    """The shown columns of a counted row with what stands in them."""
    return cells(columns, row)

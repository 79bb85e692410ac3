"""The comparison as a workbook, with a sheet that says how each figure is counted."""

from django.utils.translation import gettext as _

from dashboards.figures.lines import Line
from dashboards.leaders.comparison import Column, Comparison
from foundations.ledgers.workbooks import written


def compared_workbook(compared: Comparison) -> bytes:
    """Four columns for each term: figure, n, d and the change against the year before."""
    named = [_("Key"), _("Indicator"), _("Counted by")]
    rows = [
        [*_named(row.head), *(cell for line in row.cells for cell in _cells(line))]
        for row in compared.rows
    ]
    days = [[_("Period"), *_days(column)] for column in compared.columns]
    bases = [[*_named(row.head), row.head.variant.basis] for row in compared.rows]
    return written(
        (_("Comparison"), ([*named, *_heads(compared)], rows)),
        (_("Ways of counting"), ([*named, _("Basis")], [*days, *bases])),
    )


def _heads(compared: Comparison) -> list[str]:
    heads = []
    for column in compared.columns:
        term = {"term": column.term.label}
        heads += [
            column.term.label,
            _("%(term)s: numerator") % term,
            _("%(term)s: denominator") % term,
            _("%(term)s: against last year") % term,
        ]
    return heads


def _days(column: Column) -> list[str]:
    return [column.term.label, f"{column.asked.first_on} — {column.asked.last_on}"]


def _cells(line: Line) -> list:
    value = line.value
    if value is None or value.broken:
        return ["", "", "", ""]
    moved = line.change.text if line.change else ""
    return [value.text, value.n, "" if line.is_count else value.d, moved]


def _named(line: Line) -> list[str]:
    return [line.indicator.key, line.indicator.name, line.variant.name]

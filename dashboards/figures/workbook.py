"""The figures of a period as a workbook, with a sheet that says how each is counted."""

import io

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from dashboards.figures.asked import Asked
from dashboards.figures.lines import Line
from foundations.ledgers.export import plain

WIDE = 60


def workbook(asked: Asked, lines: list[Line]) -> bytes:
    """`lines` are written as the page shows them; the second sheet has every 口径."""
    told = [_("Period"), f"{asked.first_on} — {asked.last_on}", f"{asked.on}"]
    bases = [
        [line.indicator.key, line.indicator.name, variant.name, variant.basis]
        for line in lines
        for variant in line.indicator.variants.values()
    ]
    heads = [_("Key"), _("Indicator"), _("Counted by"), _("Basis")]
    return written(
        (_("Indicators"), _heads(), [_cells(line) for line in lines]),
        (_("Ways of counting"), heads, [told, *bases]),
    )


def written(*sheets: tuple[str, list[str], list[list]]) -> bytes:
    """A workbook of sheets, each with its name, its heads and its rows."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, heads, rows in sheets:
        _write(book.create_sheet(title), heads, rows)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _heads() -> list[str]:
    return [
        _("Key"),
        _("Indicator"),
        _("Counted by"),
        _("Figure"),
        _("Numerator"),
        _("Denominator"),
        _("Told apart"),
        _("Against last year"),
        _("Target"),
        _("Met"),
    ]


def _cells(line: Line) -> list:
    value, count = line.value, line.is_count
    met = {True: _("Yes"), False: _("No"), None: ""}[line.meets]
    figures: list = ["", "", "", ""]
    if value is not None and not value.broken:
        apart = "、".join(f"{name} {number}" for name, number in value.apart)
        figures = [value.text, value.n, "" if count else value.d, apart]
    moved = line.change.text if line.change else ""
    named = [line.indicator.key, line.indicator.name, line.variant.name]
    return [*named, *figures, moved, line.target, met]


def _write(sheet: Worksheet, heads: list[str], rows: list[list]) -> None:
    sheet.append([plain(head) for head in heads])
    for row in rows:
        sheet.append([plain(cell) for cell in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for place, column in enumerate(sheet.columns):
        longest = max(len(str(cell.value or "")) for cell in column)
        sheet.column_dimensions[column[0].column_letter].width = min(WIDE, 8 + 2 * longest)
        for cell in column:
            cell.alignment = Alignment(wrap_text=place > 1, vertical="top")

"""Workbooks of several plain tables. Cells that a spreadsheet could run are made plain text."""

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from foundations.ledgers.export import plain

NARROW, WIDE, NAMED = 14, 60, 31
FORBIDDEN = str.maketrans("", "", "[]:*?/\\")
Table = tuple[Sequence[str], Sequence[Sequence[Any]]]


def written(*sheets: tuple[str, Table]) -> bytes:
    """A sheet for each table, under its name as far as a workbook takes it; heads stay in
    sight."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, table in sheets:
        _write(book.create_sheet(name.translate(FORBIDDEN)[:NAMED]), table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(sheet: Worksheet, table: Table) -> None:
    heads, rows = table
    for row in (heads, *rows):
        sheet.append([plain(cell) for cell in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for place, column in enumerate(sheet.columns, start=1):
        longest = max(len(str(cell.value or "")) for cell in column)
        width = min(WIDE, max(NARROW, 2 * longest))
        sheet.column_dimensions[get_column_letter(place)].width = width
        for cell in column:
            cell.alignment = Alignment(wrap_text=True, vertical="top")

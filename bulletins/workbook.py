"""The tables of a bulletin as a workbook: what was frozen, with when and how it was counted."""

import io

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from bulletins.models import Bulletin
from bulletins.papers.figures import counted_words
from foundations.ledgers.export import plain

WIDE, NAMED = 60, 24
FORBIDDEN = str.maketrans("", "", "[]:*?/\\")


def workbook(bulletin: Bulletin) -> bytes:
    book = Workbook()
    notes = []
    for place, table in enumerate(bulletin.tables.all(), start=1):
        name = f"{place} {table.title.translate(FORBIDDEN)}"[:NAMED]
        _write(book.create_sheet(name), table.columns, table.rows)
        counted = counted_words(table.filter, table.counted_at, table.counted_on)
        notes += [[table.title, one] for one in (counted, *table.basis.splitlines())]
    sheet = book.create_sheet(_("Ways of counting"))
    told = [[bulletin.title, bulletin.issue], *(one for one in notes if one[1])]
    _write(sheet, [_("Table of figures"), _("Basis")], told)
    book.remove(book.worksheets[0])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(sheet: Worksheet, heads: list[str], rows: list[list]) -> None:
    sheet.append([plain(head) for head in heads])
    for row in rows:
        sheet.append([plain(cell) for cell in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for column in sheet.columns:
        longest = max(len(str(cell.value or "")) for cell in column)
        sheet.column_dimensions[column[0].column_letter].width = min(WIDE, 8 + 2 * longest)
        for cell in column:
            cell.alignment = Alignment(wrap_text=True, vertical="top")

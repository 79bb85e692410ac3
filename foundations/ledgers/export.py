"""A view of a ledger as a file. Cells that a spreadsheet could run are made plain text."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from foundations.audit.actor import User
from foundations.audit.trail import action, record
from foundations.ledgers.page import LedgerPage

FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff"


def export_response(user: User, page: LedgerPage, kind: str) -> HttpResponse:
    """All rows of the view as a download, noted in the trail."""
    table = list(_table(page))
    _note(user, page)
    return sheet_response(table, str(page.definition.title), on=timezone.localdate(), kind=kind)


def sheet_response(table: list[list], title: str, *, on: date, kind: str = "xlsx") -> HttpResponse:
    """A table of plain cells, its heads first, as a download."""
    content = _xlsx(table, title) if kind == "xlsx" else _csv(table)
    name = f"{title}-{on:%Y%m%d}.{kind}"
    return HttpResponse(
        content,
        content_type=FORMATS[kind],
        headers={
            "Content-Disposition": content_disposition_header(True, name),
            "Cache-Control": "no-store",
        },
    )


@action
def _note(user: User, page: LedgerPage) -> None:
    record(
        user,
        "ledgers.ledger.exported",
        user,
        ledger=page.definition.name,
        query=page.view_query,
        rows=page.count,
    )


def plain(value: object) -> str | int | float | date:
    """`value` as a cell: dates stay dates, text can't start a formula."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return (
            timezone.localtime(value).replace(microsecond=0, tzinfo=None)
            if timezone.is_aware(value)
            else value
        )
    if isinstance(value, bool | int | float | date):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", str(value))
    return f"'{text}" if text.startswith(STARTS_FORMULA) else text


def _table(page: LedgerPage) -> Iterator[list]:
    columns = [column for column in page.definition.columns if column.exported]
    yield [plain(column.label) for column in columns]
    for row in page.rows:
        yield [plain(column.of(row)) for column in columns]


def _xlsx(table: list[list], title: str) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    heads, *rows = table
    for place in range(len(heads)):
        sheet.column_dimensions[get_column_letter(place + 1)].width = 36 if place == 0 else 18
    sheet.append([_bold(sheet, head) for head in heads])
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _bold(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    return cell


def _csv(table: list[list]) -> bytes:
    """With the mark that tells Excel it is UTF-8."""
    out = io.StringIO()
    csv.writer(out).writerows(table)
    return (BOM + out.getvalue()).encode()

"""A table out of a file: Excel or csv, its head found, its cells as plain text."""

import csv
import io
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from foundations.access.errors import RuleBroken
from foundations.access.secrets_marks import refuse_marks
from foundations.ledgers.export import STARTS_FORMULA
from services.documents.refusals import unreadable
from services.documents.scanner import refuse_infected
from services.documents.uploads import examine

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 5000
MOST_COLUMNS = 120
MOST_CELL = 4000
HEAD_WITHIN = 10
"""The head is looked for in so many first rows: titles may stand above it."""
UNREADABLE = (
    *(zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, OSError),
    *(IndexError, AttributeError, EOFError),
)
Cells = list[str]


@dataclass(frozen=True)
class Table:
    """`first` is the number that the first row under the head has in the file."""

    heads: Cells
    rows: list[Cells]
    first: int

    def row_number(self, place: int) -> int:
        return self.first + place


def read_table(name: str, content: bytes, known: Collection[str]) -> Table:
    """The table of a file whose head has some of the `known` columns.

    Raises RuleBroken (field file): "too_big", "wrong_type", "empty_table", "no_heads",
    "same_heads", "too_many_rows", "state_secret", "broken", and what `examine` raises.
    """
    if len(content) > MOST_BYTES:
        message = _("The file is larger than 10 MB. Split it into several.")
        raise RuleBroken("too_big", message, "file")
    suffix = name.rpartition(".")[2].lower()
    if suffix == "csv":
        found = [_csv(name, content)]
    elif suffix == "xlsx":
        upload = examine(name, content)
        refuse_marks(name, upload.text)
        found = list(_sheets(content))
    else:
        message = _("Upload an Excel file (.xlsx) or a csv file; save an older .xls as .xlsx.")
        raise RuleBroken("wrong_type", message, "file")
    tables = [table for rows in found if (table := _table(rows, known)) is not None]
    if not tables:
        raise _no_table(found, known)
    best = max(tables, key=lambda one: len(set(one.heads) & set(known)))
    _check(best)
    return best


def _csv(name: str, content: bytes) -> list[Cells]:
    if not content.strip():
        raise RuleBroken("empty_file", _("This file is empty."), "file")
    refuse_infected(content)
    text = _decoded(content)
    refuse_marks(name, text)
    lines = text.splitlines()
    sample = "\n".join(lines[:HEAD_WITHIN])
    separator = max((",", "\t", ";"), key=sample.count)
    try:
        rows = csv.reader(io.StringIO(text), delimiter=separator)
        return [[plain_cell(cell) for cell in row] for row in rows]
    except csv.Error as broken:
        raise unreadable() from broken


def _decoded(content: bytes) -> str:
    if b"\0" in content:
        raise unreadable()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise unreadable()


def _sheets(content: bytes) -> Iterator[list[Cells]]:
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            yield list(_rows(sheet))
    except UNREADABLE as broken:
        raise unreadable() from broken


def _rows(sheet: Any) -> Iterator[Cells]:
    """Rows without end are no rows: a sheet formatted down to its last line is cut."""
    sheet.reset_dimensions()
    empty = 0
    for cells in sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS):
        row = [plain_cell(cell) for cell in cells]
        empty = 0 if any(row) else empty + 1
        if empty > MOST_ROWS:
            return
        yield row


def plain_cell(value: Any) -> str:
    """A cell as text: days as ISO, numbers without a needless fraction."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == value.min.time() else str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip()[:MOST_CELL]
    marked = text[:1] == "'" and text[1:2] and text[1:2] in STARTS_FORMULA
    return text[1:] if marked else text


def _table(rows: list[Cells], known: Collection[str]) -> Table | None:
    """The row of the first ones that has most of the known columns is the head."""
    names = set(known)
    scored = [(len(names & set(row)), -n) for n, row in enumerate(rows[:HEAD_WITHIN])]
    most, place = max(scored, default=(0, 0))
    if not most:
        return None
    head = -place
    heads = rows[head]
    below = rows[head + 1 :]
    while below and not any(below[-1]):
        below.pop()
    width = max((n + 1 for n, name in enumerate(heads) if name), default=0)
    cut = [(row + [""] * width)[:width] for row in below]
    return Table(heads[:width], cut, head + 2)


def _no_table(found: list[list[Cells]], known: Collection[str]) -> RuleBroken:
    if not any(any(row) for rows in found for row in rows):
        return RuleBroken("empty_table", _("There is nothing in this file."), "file")
    message = _(
        "No row of this file names the columns. One row, without merged cells, must hold "
        "column heads such as: %(heads)s."
    )
    return RuleBroken("no_heads", message % {"heads": "、".join(list(known)[:6])}, "file")


def _check(table: Table) -> None:
    named = [head for head in table.heads if head]
    twice = sorted({head for head in named if named.count(head) > 1})
    if twice:
        message = _("Two columns have the same head: %(heads)s. Give them different ones.")
        raise RuleBroken("same_heads", message % {"heads": "、".join(twice)}, "file")
    if not any(any(row) for row in table.rows):
        message = _("There are no rows under the column heads.")
        raise RuleBroken("empty_table", message, "file")
    if len(table.rows) > MOST_ROWS:
        message = _("The file has %(n)d rows; at most %(most)d are taken at a time.")
        words = {"n": len(table.rows), "most": MOST_ROWS}
        raise RuleBroken("too_many_rows", message % words, "file")

"""The rows of a task list in a file: Excel or Word, merged cells filled, heads found."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from openpyxl import load_workbook

from cases.imports.reading import MOST_BYTES, UNREADABLE, plain_cell
from foundations.access.errors import RuleBroken
from foundations.access.secrets_marks import refuse_marks
from services.documents.refusals import unreadable
from services.documents.uploads import examine

MOST_ROWS = 1000
MOST_COLUMNS = 20
COLUMNS: dict[str, tuple[str, ...]] = {
    "number": ("序号", "编号"),
    "main_task": ("主要任务", "重点任务", "任务", "工作任务", "任务类别"),
    "measure": ("工作措施", "具体措施", "主要措施", "工作内容", "措施", "任务内容"),
    "lead": ("牵头单位", "牵头部门", "主办单位"),
    "responsible": ("责任单位", "责任部门", "配合单位", "协办单位", "参与单位"),
    "due": ("完成时限", "时限", "完成时间", "完成期限", "时间要求"),
    "remark": ("备注", "说明"),
}
NEEDED = ("number", "measure", "responsible", "due")
HEADS = {head: name for name, heads in COLUMNS.items() for head in heads}


@dataclass(frozen=True)
class Cell:
    """`merged` says that its text stands in a cell above or beside it."""

    text: str
    merged: bool = False


@dataclass
class Sheet:
    """What stood above the first head, and the rows under the heads."""

    title: str = ""
    columns: dict[str, int] = field(default_factory=dict)
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)


def read_sheet(name: str, content: bytes) -> Sheet:
    """Raises RuleBroken (field file): "too_big", "wrong_type", "no_heads", "empty_table",
    "too_many_rows", "state_secret", "broken", and what `examine` raises."""
    if len(content) > MOST_BYTES:
        message = _("The file is larger than 10 MB. Split it into several.")
        raise RuleBroken("too_big", message, "file")
    suffix = name.rpartition(".")[2].lower()
    if suffix not in ("xlsx", "docx"):
        message = _("Upload the list as Excel (.xlsx) or Word (.docx).")
        raise RuleBroken("wrong_type", message, "file")
    refuse_marks(name, examine(name, content).text)
    try:
        lines = list(_excel(content) if suffix == "xlsx" else _word(content))
    except (*UNREADABLE, PackageNotFoundError) as broken:
        raise unreadable() from broken
    return _sheet(lines)


def _excel(content: bytes) -> Iterator[list[Cell]]:
    """The first sheet that has the heads, else the first one."""
    book = load_workbook(io.BytesIO(content), data_only=True)
    found = [list(_rows_of(sheet)) for sheet in book.worksheets]
    with_heads = (rows for rows in found if any(_heads_in(row) for row in rows))
    yield from next(with_heads, found[0] if found else [])


def _rows_of(sheet: Any) -> Iterator[list[Cell]]:
    merged: dict[tuple[int, int], Any] = {}
    for block in sheet.merged_cells.ranges:
        first = sheet.cell(block.min_row, block.min_col).value
        for row in range(block.min_row, min(block.max_row, MOST_ROWS * 2) + 1):
            for column in range(block.min_col, min(block.max_col, MOST_COLUMNS) + 1):
                if (row, column) != (block.min_row, block.min_col):
                    merged[row, column] = first
    last = min(sheet.max_row, MOST_ROWS * 2)
    width = min(sheet.max_column, MOST_COLUMNS)
    for n, values in enumerate(sheet.iter_rows(1, last, 1, width, values_only=True), start=1):
        yield [
            Cell(plain_cell(merged[n, m]), merged=True)
            if (n, m) in merged
            else Cell(plain_cell(value))
            for m, value in enumerate(values, start=1)
        ]


def _word(content: bytes) -> Iterator[list[Cell]]:
    """Paragraphs above tables as rows of one cell; the rows of all tables as one list."""
    document: Any = Document(io.BytesIO(content))
    for part in document.iter_inner_content():
        if hasattr(part, "rows"):
            yield from _table_rows(part)
        elif part.text.strip():
            yield [Cell(plain_cell(part.text))]


def _table_rows(table: Any) -> Iterator[list[Cell]]:
    """A cell that goes on from the row above or the column before is the same element."""
    above: list[Any] = []
    for row in table.rows:
        elements = [cell._tc for cell in row.cells][:MOST_COLUMNS]
        yield [
            Cell(plain_cell(cell.text), _goes_on(n, elements, above))
            for n, cell in enumerate(row.cells[:MOST_COLUMNS])
        ]
        above = elements


def _goes_on(n: int, elements: list[Any], above: list[Any]) -> bool:
    beside = n > 0 and elements[n] is elements[n - 1]
    return beside or (n < len(above) and elements[n] is above[n])


def _heads_in(row: list[Cell]) -> dict[str, int]:
    """The columns that a row of heads names; empty for any other row."""
    names = ["".join(cell.text.split()) for cell in row]
    found = {HEADS[name]: n for n, name in reversed(list(enumerate(names))) if name in HEADS}
    return found if set(NEEDED) <= set(found) else {}


def _sheet(lines: list[list[Cell]]) -> Sheet:
    found = Sheet()
    for n, row in enumerate(lines, start=1):
        heads = _heads_in(row)
        if heads:
            found.columns = found.columns or heads
        elif not found.columns:
            found.title = _title(row) or found.title
        elif any(cell.text and not cell.merged for cell in row):
            found.rows.append((n, row))
    _check(found, lines)
    return found


def _title(row: list[Cell]) -> str:
    """The longest line above the heads that stands alone."""
    texts = [cell.text for cell in row if cell.text and not cell.merged]
    return "".join(texts[0].split()) if len(texts) == 1 and len(texts[0]) > 4 else ""


def _check(found: Sheet, lines: list[list[Cell]]) -> None:
    if not found.columns:
        heads = "、".join(COLUMNS[name][0] for name in COLUMNS)
        message = _("No row of this file names the columns. A list has the heads %(heads)s.")
        raise RuleBroken("no_heads", message % {"heads": heads}, "file")
    if not found.rows:
        message = _("There are no rows under the column heads.")
        raise RuleBroken("empty_table", message, "file")
    if len(found.rows) > MOST_ROWS:
        message = _("The file has %(n)d rows; at most %(most)d are taken at a time.")
        words = {"n": len(found.rows), "most": MOST_ROWS}
        raise RuleBroken("too_many_rows", message % words, "file")

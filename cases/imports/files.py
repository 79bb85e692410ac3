"""The files that go out: the template to start from, and an upload with its faults marked."""

import io
from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from cases.imports.checking import Findings, Sheeted
from cases.imports.fields import Field, Shape, Sheet
from cases.imports.reading import MOST_ROWS
from cases.models import Import
from foundations.ledgers.export import plain

BOLD = Font(bold=True)
NEEDED = PatternFill("solid", fgColor="FFF2CC")
WRONG = PatternFill("solid", fgColor="F8CBAD")
WIDE = {"act", "claims", "reason", "note", "address"}
EXPLAINED = "填写说明"
LISTS = "下拉项"
SHAPES = {
    Shape.TEXT: "文字",
    Shape.DAY: "日期，如2026-03-02",
    Shape.CHOICE: "从下拉项中选",
    Shape.YES: "是、否",
    Shape.UNIT: "单位名称",
    Shape.NAMES: "多个姓名，用分号隔开",
}


def template_file(sheet: Sheet) -> bytes:
    """An empty table with its drop-downs, and a sheet that explains every column."""
    book = Workbook()
    first: Any = book.active
    first.title = sheet.title
    first.freeze_panes = "A2"
    lists = book.create_sheet(LISTS)
    for place, one in enumerate(sheet.fields, start=1):
        letter = get_column_letter(place)
        head = first.cell(row=1, column=place, value=one.head)
        head.font, head.fill = BOLD, NEEDED if one.needed else PatternFill()
        first.column_dimensions[letter].width = 32 if one.key in WIDE else 18
        if one.note:
            head.comment = Comment(one.note, sheet.title)
        if one.shape == Shape.DAY:
            first.column_dimensions[letter].number_format = "yyyy-mm-dd"
        _offer(first, lists, one, place, letter)
    lists.sheet_state = "hidden"
    _explain(book, sheet)
    return _saved(book)


def _offer(first: Any, lists: Any, one: Field, place: int, letter: str) -> None:
    names = list(one.choices.values()) or (["是", "否"] if one.shape == Shape.YES else [])
    if not names:
        return
    for row, name in enumerate(names, start=1):
        lists.cell(row=row, column=place, value=name)
    rule = DataValidation(
        type="list",
        formula1=f"'{LISTS}'!${letter}$1:${letter}${len(names)}",
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=one.head,
        error="请从下拉项中选择。",
    )
    rule.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
    first.add_data_validation(rule)


def _explain(book: Workbook, sheet: Sheet) -> None:
    page = book.create_sheet(EXPLAINED)
    page.append(
        [f"{sheet.title}导入模板：一行一件争议，第一行为栏名，不合并单元格，不写涉密内容。"]
    )
    page.append(["栏名", "是否必填", "填法", "说明"])
    for cell in page[2]:
        cell.font = BOLD
    for one in sheet.fields:
        needed = "必填" if one.needed else ""
        page.append([one.head, needed, SHAPES[one.shape], one.note])
    for letter, width in zip("ABCD", (22, 10, 24, 60), strict=True):
        page.column_dimensions[letter].width = width
    page["A1"].alignment = Alignment(wrap_text=False)


def error_file(row: Import) -> bytes:
    """The rows as they were uploaded; a column tells all faults of each, and only the rows
    that have some are marked."""
    table, found = Sheeted.of(row), Findings.of(row)
    faults: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for number, head, message in found.faults:
        faults[number].append((head, message))
    book = Workbook()
    page: Any = book.active
    page.title = _("Rows with faults")[:31]
    page.append([_("Row"), _("Faults"), *(plain(head) for head in table.heads)])
    for cell in page[1]:
        cell.font = BOLD
    page.freeze_panes = "C2"
    page.column_dimensions["B"].width = 60
    for number, cells in table:
        wrong = faults.get(number, [])
        told = "\n".join(f"{head}：{message}" if head else message for head, message in wrong)
        page.append([number, plain(told), *(plain(cells.get(h, "")) for h in table.heads)])
        if wrong:
            _mark(page, table.heads, {head for head, _message in wrong})
    return _saved(book)


def _mark(page: Any, heads: list[str], wrong: set[str]) -> None:
    last = page.max_row
    page.cell(row=last, column=2).fill = WRONG
    page.cell(row=last, column=2).alignment = Alignment(wrap_text=True, vertical="top")
    for place, head in enumerate(heads, start=3):
        if head in wrong:
            page.cell(row=last, column=place).fill = WRONG


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

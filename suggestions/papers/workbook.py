"""The figures of a period as an Excel file: the same rows as the tables of the paper."""

import io

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from foundations.ledgers.export import plain
from suggestions.figures import Counts, Implementation
from suggestions.papers.reports import letter_line, numbers

UNIT_COLUMNS: dict[str, str] = {
    "letters": "建议件数",
    "addressed": "收到（单位次）",
    "unserved": "尚未送达",
    "replied": "已回复",
    "late": "其中逾期回复",
    "silent": "逾期未见回复",
    "waiting": "尚在回复期内",
    "adopted": "采纳",
    "partly": "部分采纳",
    "refused": "不予采纳",
    "objected": "提出异议",
    "rectifying": "整改中",
    "to_verify": "待核查",
    "verified": "核查通过",
    "effective": "评定有效",
}
LETTER_COLUMNS: dict[str, str] = {
    "number": "文号",
    "title": "建议",
    "unit": "单位",
    "served": "送达",
    "reply": "回复情况",
    "progress": "落实情况",
}


def workbook(counted: Implementation) -> bytes:
    book = Workbook(write_only=True)
    units = [[unit.name, *_figures(counts, counts.letters)] for unit, counts in counted.by_unit]
    total = ["合计", *_figures(counted.total, counted.letters)]
    _sheet(book, "各单位情况", ["单位", *UNIT_COLUMNS.values()], [*units, total])
    lines = [letter_line(row, counted) for row in counted.rows]
    rows = [[line[name] for name in LETTER_COLUMNS] for line in lines]
    _sheet(book, "逐件情况", list(LETTER_COLUMNS.values()), rows)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _figures(counts: Counts, letters: int) -> list[int]:
    held = numbers(counts, letters)
    return [held[name] for name in UNIT_COLUMNS]


def _sheet(book: Workbook, title: str, heads: list[str], rows: list[list]) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for place in range(len(heads)):
        sheet.column_dimensions[get_column_letter(place + 1)].width = 26 if place < 3 else 14
    bold = []
    for head in heads:
        cell = WriteOnlyCell(sheet, value=head)
        cell.font = Font(bold=True)
        bold.append(cell)
    sheet.append(bold)
    for row in rows:
        sheet.append([plain(value) for value in row])

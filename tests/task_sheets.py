"""Yinchuan's list as offices keep it: a workbook and a Word file with merged cells, the
heads repeated after page breaks. The measures are the clauses of the profile; who leads,
who is responsible and by when is written out here, as the list has it."""

import io
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from openpyxl import Workbook

from mechanisms.models import Mechanism
from tests.sitting import moment
from workplans.actions.imports import receive

TITLE = "2023年银川市进一步加强行政复议行政应诉工作任务清单"
HEADS = ["序号", "主要任务", "工作措施", "牵头单位", "责任单位", "完成时限", "备注"]
PAGES = (5, 10, 15, 20, 25, 30, 35)
"""The last row of each page but the last."""
BUREAU, DEPARTMENTS = "市司法局", "市政府各有关部门"
COUNTIES = "各县（市）区人民政府"
BOTH, BOTH_COMMA = f"{DEPARTMENTS}、{COUNTIES}", f"{DEPARTMENTS}，{COUNTIES}"
SIX = "市市场监督管理局、综合执法局、生态环境局、自然资源局、财政局、审批服务管理局"
LONG, DECEMBER = "长期坚持", "2023年12月"
HEADINGS = {
    1: "一、加强党对行政复议行政应诉工作的领导",
    6: "二、主动服务保障经济社会高质量发展",
    11: "三、切实提升行政复议办案质效",
    18: "四、着力提升诉源治理能力",
    21: "五、持续强化行政执法监督力度",
    26: "六、全面提升行政应诉能力和水平",
    31: "七、不断加大行政复议宣传力度",
    34: "八、全面提升行政复议应诉工作效能",
}
RESPONSIBLE = (
    dict.fromkeys((1, 6, 10, 14, 18, 19, 20, 21, 22, 26, 27, 28, 29, 30), BOTH)
    | dict.fromkeys((31, 33, 34, 37), BOTH_COMMA)
    | {7: SIX, 9: f"工商业联合会、{COUNTIES}", 36: "市财政局、审批服务管理局"}
)
DUES = dict.fromkeys((11, 32, 33, 35, 36), DECEMBER) | dict.fromkeys(
    (5, 22), f"{DECEMBER}并长期坚持"
)


def measures(mechanism: Mechanism) -> dict[int, str]:
    version = mechanism.versions.get()
    rows = version.provisions.filter(number__startswith="YC-").values_list("number", "text")
    return {int(number.removeprefix("YC-")): text for number, text in rows}


def pages(mechanism: Mechanism) -> list[list[list[str]]]:
    """The rows of each page; main tasks and leads stand once, above those they are merged with."""
    texts, found, page, lead, heading = measures(mechanism), [], [], "", ""
    for n in range(1, 38):
        heading = HEADINGS.get(n, heading)
        leads = DEPARTMENTS if n == 23 else BUREAU
        first = not page
        page.append(
            [
                str(n),
                heading if first or n in HEADINGS else "",
                texts[n],
                leads if first or leads != lead else "",
                RESPONSIBLE.get(n, COUNTIES),
                DUES.get(n, LONG),
                "",
            ]
        )
        lead = leads
        if n in PAGES or n == 37:
            found.append(page)
            page = []
    return found


def workbook(mechanism: Mechanism, **changed: str) -> SimpleUploadedFile:
    """One sheet; `changed` puts other text into a cell: responsible_7="…"."""
    book = Workbook()
    sheet = book.active
    sheet.append([TITLE])
    sheet.merge_cells("A1:G1")
    for page in pages(mechanism):
        sheet.append(HEADS)
        first = sheet.max_row + 1
        for row in page:
            sheet.append([int(row[0]), *_changed(row, changed)])
        for column in (1, 3):
            _merge(sheet, page, column, first)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("任务清单.xlsx", out.getvalue())


def _changed(row: list[str], changed: dict[str, str]) -> list[str]:
    names = ("number", "main_task", "measure", "lead", "responsible", "due", "remark")
    return [changed.get(f"{name}_{row[0]}", text) for name, text in zip(names, row, strict=True)][
        1:
    ]


def _merge(sheet, page, column, first) -> None:
    for start, end in blocks(page, column):
        if end > start:
            place = {"start_column": column + 1, "end_column": column + 1}
            sheet.merge_cells(start_row=first + start, end_row=first + end, **place)


def blocks(page, column) -> list[tuple[int, int]]:
    starts = [n for n, row in enumerate(page) if row[column]]
    return [
        (start, (starts[k + 1] if k + 1 < len(starts) else len(page)) - 1)
        for k, start in enumerate(starts)
    ]


def word_file(mechanism: Mechanism) -> SimpleUploadedFile:
    """A table a page."""
    document = Document()
    document.add_paragraph(TITLE)
    for page in pages(mechanism):
        table = document.add_table(rows=1, cols=len(HEADS))
        _fill(table.rows[0], HEADS)
        for row in page:
            _fill(table.add_row(), row)
        for column in (1, 3):
            for start, end in blocks(page, column):
                table.cell(start + 1, column).merge(table.cell(end + 1, column))
    out = io.BytesIO()
    document.save(out)
    return SimpleUploadedFile("任务清单.docx", out.getvalue())


def _fill(row, texts) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        cell.text = text


def small_import(city, **more):
    """A list of two rows, read for the test city."""
    book = Workbook()
    sheet = book.active
    sheet.append(["2026年试验市重点任务清单"])
    sheet.append(HEADS)
    sheet.append([1, "一、规范执法", "全面检查执法文书。", BUREAU, "市综合执法局", LONG, ""])
    sheet.append([2, "", "建立清单。", "", "市综合执法局、市数据局", "2026年12月", ""])
    out = io.BytesIO()
    book.save(out)
    given = {"keeper": city.organizations["justice"], "declared": True, **more}
    return receive(
        city.mechanism,
        actor=city.users["gov_officer"],
        at=moment(date(2026, 11, 23)),
        file=SimpleUploadedFile("清单.xlsx", out.getvalue()),
        **given,
    )

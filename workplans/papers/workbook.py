"""A task list as a workbook, in the columns of the document, cells merged as on paper."""

import io
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

from foundations.audit.actor import User
from foundations.audit.trail import action, record
from foundations.ledgers.export import FORMATS, plain
from workplans.models import TaskList
from workplans.standing import Line

HEADS = ("序号", "主要任务", "工作措施", "牵头单位", "责任单位", "完成时限", "备注", "进展")
WIDTHS = (6, 20, 60, 14, 28, 16, 14, 24)
THIN = Side(style="thin")
FRAME = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
WRAPPED = Alignment(wrap_text=True, vertical="center")


def list_response(user: User, task_list: TaskList, lines: list[Line], on: date) -> HttpResponse:
    """The rows of the present view as a download, noted in the trail."""
    _note(user, task_list, len(lines))
    name = f"{task_list.title}-{on:%Y%m%d}.xlsx"
    return HttpResponse(
        workbook(task_list, lines),
        content_type=FORMATS["xlsx"],
        headers={
            "Content-Disposition": content_disposition_header(True, name),
            "Cache-Control": "no-store",
        },
    )


@action
def _note(user: User, task_list: TaskList, rows: int) -> None:
    record(user, "workplans.list.exported", task_list, rows=rows)


def workbook(task_list: TaskList, lines: list[Line]) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = f"{task_list.year}年任务清单"
    sheet.append([plain(task_list.title)])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEADS))
    sheet["A1"].font, sheet["A1"].alignment = Font(bold=True, size=14), WRAPPED
    sheet.append(list(HEADS))
    for place, width in enumerate(WIDTHS):
        sheet.column_dimensions[chr(ord("A") + place)].width = width
    for line in lines:
        sheet.append(_cells(line))
    _merge(sheet, [line.task.main_task for line in lines], column=2)
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.border, cell.alignment = FRAME, WRAPPED
    sheet.freeze_panes, sheet.print_title_rows = "A3", "1:2"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cells(line: Line) -> list:
    task = line.task
    texts = (task.lead_text, task.responsible_text, task.due_text, task.remark)
    progress = str(line.stage.label) if task.task_list.published_on else ""
    cells = (task.label, task.main_task, task.measure, *texts, progress)
    return [plain(cell) for cell in cells]


def _merge(sheet: Any, texts: list[str], *, column: int) -> None:
    """Cells below one another that say the same are one."""
    first = 0
    for n in range(1, len(texts) + 1):
        if n < len(texts) and texts[n] == texts[first]:
            continue
        if n - first > 1:
            rows = {"start_row": first + 3, "end_row": n + 2}
            sheet.merge_cells(start_column=column, end_column=column, **rows)
        first = n

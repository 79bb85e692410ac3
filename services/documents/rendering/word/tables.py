"""Tables of a paper in Word, and the 版记 at the foot of its last page."""

from docx.document import Document as DocxDocument
from docx.enum.table import (
    WD_CELL_VERTICAL_ALIGNMENT,
    WD_ROW_HEIGHT_RULE,
    WD_TABLE_ALIGNMENT,
)
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph
from lxml.html import HtmlElement

from services.documents.rendering.word.page import child, set_face

GREY = RGBColor(0x8A, 0x8A, 0x8A)
WIDTH = 156.0
ROWS = {"tall": 11, "write": 22}
SIZES: dict[str, float] = {"plain": 16, "dense": 12}
LEADING: dict[float, float] = {16: 28.95, 12: 17.5}


def add_table(document: DocxDocument, element: HtmlElement) -> None:
    """One table; a `th` is set in 黑体, the rows of the head are repeated on each page."""
    rows = list(element.iter("tr"))
    columns = max(sum(int(cell.get("colspan", 1)) for cell in row) for row in rows)
    look = element.get("class") or ""
    plain = look == "plain"
    table = document.add_table(rows=0, cols=columns, style=None if plain else "Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    widths = _widths(rows[0], columns)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    lines = [table.add_row() for _row in rows]
    for made, row in zip(lines, rows, strict=True):
        if row.getparent().tag == "thead":
            child(made._tr.get_or_add_trPr(), "w:tblHeader")
        child(made._tr.get_or_add_trPr(), "w:cantSplit")
        if not plain:
            made.height = Mm(ROWS.get((row.get("class") or "").split(" ")[0], 9))
        for cell, width in zip(made.cells, widths, strict=True):
            cell.width = Mm(width)
    _fill(lines, rows, size=SIZES.get(look, 14))


def _widths(row: HtmlElement, columns: int) -> list[float]:
    """From the classes w9, w16 … of the first row; what is left is shared."""
    shares = []
    for cell in row:
        named = [c[1:] for c in (cell.get("class") or "").split() if c[0] == "w"]
        shares += [float(named[0]) if named else None]
        shares += [None] * (int(cell.get("colspan", 1)) - 1)
    shares += [None] * (columns - len(shares))
    left = 100 - sum(share or 0 for share in shares)
    empty = max(1, shares.count(None))
    return [WIDTH * (share if share is not None else left / empty) / 100 for share in shares]


def _fill(lines: list[_Row], rows: list[HtmlElement], *, size: float) -> None:
    """A cell stands in the first place of its row that none from the left or above covers."""
    covered: set[tuple[int, int]] = set()
    for n, row in enumerate(rows):
        position = 0
        for source in row:
            while (n, position) in covered:
                position += 1
            last_row = min(n + int(source.get("rowspan", 1)), len(lines)) - 1
            last = position + int(source.get("colspan", 1)) - 1
            cell = lines[n].cells[position]
            if (last_row, last) != (n, position):
                cell = cell.merge(lines[last_row].cells[last])
            covered |= {(r, c) for r in range(n, last_row + 1) for c in range(position, last + 1)}
            _write(cell, source, size)


def _write(cell: _Cell, source: HtmlElement, size: float) -> None:
    paragraph = cell.paragraphs[0]
    classes = (source.get("class") or "").split()
    if source.tag == "th" or {"c", "n"} & set(classes):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    role = "hei" if source.tag == "th" or "hei" in classes else "fang"
    _text(paragraph, source, role, size)


def _text(paragraph: Paragraph, source: HtmlElement, role: str, size: float) -> None:
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(LEADING.get(size, 20))
    for broken in source.iter("br"):
        broken.tail = "\n" + (broken.tail or "")
    run = paragraph.add_run(source.text_content())
    set_face(run._r.get_or_add_rPr(), role, size=size)


def add_frame(document: DocxDocument, element: HtmlElement) -> None:
    """The empty frame of a cover, 50 × 55 mm, with 40 mm to the title below it (F28)."""
    above = document.add_paragraph().paragraph_format
    above.line_spacing_rule, above.line_spacing = WD_LINE_SPACING.EXACTLY, Mm(23)
    table = document.add_table(rows=1, cols=1, style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    row, cell = table.rows[0], table.rows[0].cells[0]
    row.height_rule, row.height = WD_ROW_HEIGHT_RULE.EXACTLY, Mm(55)
    table.columns[0].width = cell.width = Mm(50)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(element.text_content())
    set_face(run._r.get_or_add_rPr(), "fang", size=12)
    run.font.color.rgb = GREY
    below = document.add_paragraph().paragraph_format
    below.line_spacing_rule, below.line_spacing = WD_LINE_SPACING.EXACTLY, Mm(40)


def add_imprint(document: DocxDocument, element: HtmlElement) -> None:
    """版记: a floating table whose lower edge is the lower edge of the 版心 (F21)."""
    lines = list(element)
    table = document.add_table(rows=len(lines), cols=1)
    properties = table._tbl.tblPr
    properties.insert(0, _floating())
    if "ruled" in element.get("class"):
        borders = OxmlElement("w:tblBorders")
        properties.find(qn("w:tblLook")).addprevious(borders)
        for edge, size in (("top", 8), ("bottom", 8), ("insideH", 6)):
            child(borders, f"w:{edge}", val="single", sz=size, space=0, color="000000")
    for row, line in zip(table.rows, lines, strict=True):
        row.cells[0].width = Mm(WIDTH)
        paragraph = row.cells[0].paragraphs[0]
        parts = [part.text_content() for part in line.findall("span")]
        paragraph.paragraph_format.left_indent = Pt(14)
        if parts:
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(146), WD_TAB_ALIGNMENT.RIGHT)
        run = paragraph.add_run("\t".join(parts) if parts else line.text_content())
        set_face(run._r.get_or_add_rPr(), "fang", size=14)
    # A table may not be the last thing in a Word file.
    end = document.add_paragraph().paragraph_format
    end.line_spacing_rule, end.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)


def _floating() -> BaseOxmlElement:
    place = OxmlElement("w:tblpPr")
    for name, value in (
        ("vertAnchor", "margin"),
        ("horzAnchor", "margin"),
        ("tblpXSpec", "center"),
        ("tblpYSpec", "bottom"),
    ):
        place.set(qn(f"w:{name}"), value)
    return place

"""The page of a Word paper: A4, margins, grid of 22 lines, folios outside (F1, F2, F22)."""

from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section, _Footer
from docx.shared import Mm, Pt

FACES = {
    "fang": "仿宋_GB2312",
    "kai": "楷体_GB2312",
    "hei": "黑体",
    "song": "宋体",
    "title": "方正小标宋_GBK",
}
PITCH = 579
"""Twips from line to line; 580 would leave room for 21 lines only."""

TIGHTER = -4
"""Twips between characters: 28 of 16 pt in 156 mm. A character grid (linesAndChars) with
a negative charSpace is drawn with half as many characters by LibreOffice."""

NEVER = datetime(2000, 1, 1, tzinfo=UTC)


def set_face(run_properties: Any, role: str, *, size: float | None = None) -> None:
    fonts = run_properties.get_or_add_rFonts()
    for place in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(place), FACES[role])
    if size is not None:
        run_properties.sz_val = Pt(size)


def child(parent: BaseOxmlElement, tag: str, **attributes: str | int) -> BaseOxmlElement:
    """A new element under `parent`; attribute names are given without their prefix."""
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    parent.append(element)
    return element


AFTER = {
    "w:pBdr": "shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct"
    " autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing jc rPr",
    "w:autoSpaceDE": "autoSpaceDN bidi adjustRightInd snapToGrid spacing ind jc rPr",
    "w:autoSpaceDN": "bidi adjustRightInd snapToGrid spacing ind jc rPr",
    "w:w": "kern position sz szCs highlight u effect lang",
    "w:spacing": "w kern position sz szCs highlight u effect lang",
}
"""What may follow an element; Word refuses a file in which the order is another."""


def in_order(parent: BaseOxmlElement, tag: str, **attributes: str | int) -> BaseOxmlElement:
    """A new element of a paragraph's or run's properties, where the schema wants it."""
    element = child(parent, tag, **attributes)
    parent.remove(element)
    parent.insert_element_before(element, *(f"w:{name}" for name in AFTER[tag].split()))
    return element


def blank_document(*, title: str, letter: bool) -> DocxDocument:
    document = Document()
    # The same context must give the same bytes, so no clock is written into the file.
    document.core_properties.created = document.core_properties.modified = NEVER
    document.core_properties.title, document.core_properties.author = title[:255], ""
    normal = document.styles["Normal"]
    set_face(normal.element.get_or_add_rPr(), "fang", size=16)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    in_order(normal.element.get_or_add_rPr(), "w:spacing", val=TIGHTER)
    for space in ("w:autoSpaceDN", "w:autoSpaceDE"):
        in_order(normal.element.get_or_add_pPr(), space, val=0)
    _page(document.sections[0], letter=letter)
    document.settings.odd_and_even_pages_header_footer = True
    _folio(document.sections[0].footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _folio(document.sections[0].even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)
    return document


def begin_text(document: DocxDocument) -> None:
    """What stood so far is a cover without a folio; the text begins on an odd page as page 1."""
    document.sections[-1].different_first_page_header_footer = True
    section = document.add_section(WD_SECTION.ODD_PAGE)
    section.different_first_page_header_footer = False
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    section._sectPr.insert_element_before(numbering, "w:cols", "w:titlePg", "w:docGrid")


def _page(section: Section, *, letter: bool) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(34.9)
    section.left_margin, section.right_margin = Mm(28), Mm(25.8)
    section.footer_distance = Mm(24.5)
    section.different_first_page_header_footer = letter
    for grid in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(grid)
    child(section._sectPr, "w:docGrid", type="lines", linePitch=PITCH)


def _folio(footer: _Footer, alignment: WD_ALIGN_PARAGRAPH) -> None:
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = alignment
    right = alignment == WD_ALIGN_PARAGRAPH.RIGHT
    setattr(paragraph.paragraph_format, "right_indent" if right else "left_indent", Pt(14))
    for kind, text in (("", "— "), ("begin", ""), ("code", " PAGE "), ("end", ""), ("", " —")):
        run = paragraph.add_run(text if not kind else "")
        set_face(run._r.get_or_add_rPr(), "song", size=14)
        if kind == "code":
            child(run._r, "w:instrText").text = text
        elif kind:
            child(run._r, "w:fldChar", fldCharType=kind)

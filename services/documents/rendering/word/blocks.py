"""The blocks of a paper's HTML as Word paragraphs and tables, in their order."""

from dataclasses import dataclass, replace

from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml.html import HtmlElement

from services.documents.rendering.word.page import begin_text, child, in_order, set_face
from services.documents.rendering.word.tables import add_frame, add_imprint, add_table

RED, GREY = RGBColor(0xE6, 0x00, 0x12), RGBColor(0x8A, 0x8A, 0x8A)
LINE, EM = 28.95, 15.8
CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


@dataclass(frozen=True)
class Look:
    """How the text of a block is set."""

    role: str = "fang"
    size: float = 16
    line: float = LINE
    align: WD_ALIGN_PARAGRAPH | None = None
    color: RGBColor | None = None


LOOKS = {
    "marks": Look(role="hei"),
    "org": Look(role="title", size=34, line=47, align=CENTER, color=RED),
    "subject": Look(role="kai", align=CENTER),
    "docno": Look(align=CENTER),
    "clause": Look(role="kai", size=14, line=27),
    "info": Look(size=14, line=24),
    "note": Look(size=12, line=20),
    "cover-issuer": Look(role="title", size=30, line=46, align=CENTER),
    "cover-paper": Look(role="title", size=36, line=56, align=CENTER),
    "h1": Look(role="title", size=22, line=31, align=CENTER),
}


class Writer:
    """Walks the HTML once; `write` is called for every element with children of its own."""

    def __init__(self, document: DocxDocument) -> None:
        self.document = document
        self.new_page = False

    def write(self, parent: HtmlElement) -> None:
        for element in parent:
            classes = (element.get("class") or "").split()
            self._block(element, classes[0] if classes else element.tag)

    def _block(self, element: HtmlElement, name: str) -> None:
        special = getattr(self, f"block_{name}", None)
        if special:
            special(element)
        elif element.tag == "table":
            add_table(self.document, element)
        elif name in LOOKS:
            self._plain(element, LOOKS[name])
        else:
            self.write(element)

    def _paragraph(self, look: Look = Look()) -> Paragraph:
        paragraph = self.document.add_paragraph()
        shape = paragraph.paragraph_format
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.line)
        shape.alignment = look.align
        shape.widow_control = False
        if self.new_page:
            shape.page_break_before, self.new_page = True, False
        return paragraph

    def _run(self, paragraph: Paragraph, text: str, look: Look = Look()) -> Run:
        run = paragraph.add_run(text)
        set_face(run._r.get_or_add_rPr(), look.role, size=look.size)
        if look.color is not None:
            run.font.color.rgb = look.color
        return run

    def _plain(self, element: HtmlElement, look: Look) -> None:
        paragraph = self._paragraph(look)
        far = element.find_class("far")
        if far:
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(86))
        tail = far[0].text_content() if far else ""
        text = element.text_content()
        text = text.removesuffix(tail) + (f"\t{tail}" if tail else "")
        self._run(paragraph, text, look)

    def block_h1(self, element: HtmlElement) -> None:
        look, paragraph = LOOKS["h1"], self._paragraph(LOOKS["h1"])
        for position, line in enumerate(element.findall("span")):
            run = self._run(paragraph, "", look)
            if position:
                run.add_break(WD_BREAK.LINE)
            run.add_text(line.text_content())

    def block_cover(self, element: HtmlElement) -> None:
        """The cover is a sheet of its own: the text begins on the next odd page as page 1."""
        for part in element:
            name = (part.get("class") or "").split()[0]
            if name == "frame":
                add_frame(self.document, part)
            else:
                self._plain(part, LOOKS[name])
        begin_text(self.document)

    def block_head(self, element: HtmlElement) -> None:
        letter = "letter" in element.get("class")
        for marks in element.find_class("marks"):
            self._plain(marks, LOOKS["marks"])
        organ = self._paragraph(LOOKS["org"])
        organ.paragraph_format.space_before = Pt(0 if letter else 42)
        organ.paragraph_format.space_after = Pt(6 if letter else 30)
        source = element.find_class("org")[0]
        look = replace(LOOKS["org"], size=round(float(source.get("data-size")) * 2) / 2)
        run = self._run(organ, source.text_content(), look)
        narrow = round(float(source.get("data-narrow")) * 100)
        if narrow < 100:
            in_order(run._r.get_or_add_rPr(), "w:w", val=narrow)
        if letter:
            # Both double lines of a letter are 170 mm long, wider than its text (F24).
            foot = self.document.sections[0].first_page_footer.paragraphs[0]
            for ruled in (organ.paragraph_format, foot.paragraph_format):
                ruled.left_indent, ruled.right_indent = Mm(-8), Mm(-5.8)
            _border(organ, "bottom", "thickThinSmallGap", 36, "E60012")
            _border(foot, "bottom", "thinThickSmallGap", 36, "E60012", space=12)
            number = self._paragraph(Look(align=RIGHT))
            self._run(number, element.find_class("docno")[0].text_content())
            self._paragraph()

    def block_redline(self, _element: HtmlElement) -> None:
        paragraph = self.document.paragraphs[-1]
        _border(paragraph, "bottom", "single", 16, "E60012", space=11)

    def block_blank(self, _element: HtmlElement) -> None:
        self._paragraph()

    def block_issuer(self, element: HtmlElement) -> None:
        paragraph = self._paragraph()
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(150), WD_TAB_ALIGNMENT.RIGHT)
        left, right = element.findall("span")
        self._run(paragraph, f"\u3000{left.text_content()}\t{right.text_content()}")

    def block_clause(self, element: HtmlElement) -> None:
        paragraph = self._paragraph(LOOKS["clause"])
        paragraph.paragraph_format.space_before = Pt(14)
        for edge in ("top", "left", "bottom", "right"):
            _border(paragraph, edge, "single", 6, "000000", space=4)
        self._run(paragraph, element.text_content(), LOOKS["clause"])

    def block_g(self, element: HtmlElement) -> None:
        """A paragraph that the composer broke into lines: Word breaks it anew."""
        paragraph = self._paragraph()
        first, rest = int(element.get("data-first")), int(element.get("data-rest"))
        shape = paragraph.paragraph_format
        shape.keep_with_next = "keep" in element.get("class").split()
        shape.left_indent, shape.first_line_indent = Pt(rest * EM), Pt((first - rest) * EM)
        indent = paragraph._p.pPr.ind
        indent.set(qn("w:leftChars"), str(rest * 100))
        name = "firstLine" if first >= rest else "hanging"
        indent.set(qn(f"w:{name}Chars"), str(abs(first - rest) * 100))
        for line in element.findall("span"):
            bold = "".join(part.text_content() for part in line.findall("b"))
            plain = line.text_content().removeprefix(bold)
            if bold:
                self._run(paragraph, bold, Look(role="hei"))
            if plain:
                self._run(paragraph, plain)

    def block_sign(self, element: HtmlElement) -> None:
        right = Mm(float(element.get("data-right")))
        lines = element.find_class("in")[0]
        self._paragraph()
        for paragraph in self.document.paragraphs[-3:]:
            paragraph.paragraph_format.keep_with_next = True
        for line in lines:
            seal = line.get("class") == "seal"
            paragraph = self._paragraph(Look(align=RIGHT))
            paragraph.paragraph_format.right_indent = right
            paragraph.paragraph_format.keep_with_next = line is not lines[-1]
            self._run(paragraph, line.text_content(), Look(color=GREY) if seal else Look())

    def block_sheet(self, element: HtmlElement) -> None:
        self.new_page = True
        self.write(element)

    def block_imprint(self, element: HtmlElement) -> None:
        add_imprint(self.document, element)


def _border(
    paragraph: Paragraph, edge: str, kind: str, size: int, color: str, space: int = 1
) -> None:
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = in_order(properties, "w:pBdr")
    child(borders, f"w:{edge}", val=kind, sz=size, space=space, color=color)

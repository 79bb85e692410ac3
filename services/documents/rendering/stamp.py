"""A watermark over every page of a finished PDF, made for one reader (G9).

The words are drawn as outlines, once, and repeated by reference: no font is embedded, the
text of the paper stays as it was, and a page costs well under two milliseconds.
"""

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from math import cos, radians, sin
from typing import Any

import pikepdf
from fontTools.pens.basePen import BasePen

from services.documents.rendering.fonts import Face, chain

SIZE, LINE = 12.0, 18.0
GAP_X, STEP_Y, ANGLE = 60.0, 132.0, 30.0
GREY, ALPHA = 0.35, 0.18
Point = tuple[float, float]


class OutlinePen(BasePen):
    """Writes a glyph as PDF path operators, scaled and moved."""

    def __init__(self, glyphs: Any, scale: float, x: float, y: float) -> None:
        super().__init__(glyphs)
        self.scale, self.x, self.y = scale, x, y
        self.operators: list[str] = []

    def _point(self, point: Point) -> str:
        return f"{point[0] * self.scale + self.x:.2f} {point[1] * self.scale + self.y:.2f}"

    def _moveTo(self, pt: Point) -> None:
        self.operators.append(f"{self._point(pt)} m")

    def _lineTo(self, pt: Point) -> None:
        self.operators.append(f"{self._point(pt)} l")

    def _curveToOne(self, pt1: Point, pt2: Point, pt3: Point) -> None:
        self.operators.append(f"{' '.join(map(self._point, (pt1, pt2, pt3)))} c")

    def _closePath(self) -> None:
        self.operators.append("h")


@dataclass(frozen=True)
class Outline:
    operators: str
    width: float


@cache
def _glyphs(face: Face) -> Any:
    return face.font.getGlyphSet()


def outline(text: str, size: float = SIZE) -> Outline:
    """`text` on one line as filled paths."""
    pieces, x = [], 0.0
    faces = chain("hei")
    for character in text:
        face = next((one for one in faces if one.has(character)), None)
        if face and not character.isspace():
            glyphs = _glyphs(face)
            pen = OutlinePen(glyphs, size / face.font["head"].unitsPerEm, x, 0)
            glyphs[face.glyph_names[ord(character)]].draw(pen)
            pieces.extend([*pen.operators, "f"])
        x += size * (face.advance(character) if face else 0.5)
    return Outline("\n".join(pieces), x)


def stamp(content: bytes, lines: list[str], *, large: str = "") -> bytes:
    """`content` with `lines` tiled over every page; `large` once across it (草稿, 作废)."""
    with pikepdf.open(BytesIO(content)) as pdf:
        drawn = [outline(line) for line in lines if line]
        longest = max(line.width for line in drawn)
        word = _form(pdf, _block(drawn), [-2, -LINE * len(drawn), longest + 2, LINE])
        step = longest * cos(radians(ANGLE)) + GAP_X
        sheets: dict[tuple[float, float], pikepdf.Object] = {}
        for page in pdf.pages:
            box = (float(page.mediabox[2]), float(page.mediabox[3]))
            if box not in sheets:
                sheets[box] = _sheet(pdf, word, box, step, large)
            name = page.add_resource(sheets[box], pikepdf.Name.XObject)
            page.contents_add(pdf.make_stream(b"q\n"), prepend=True)
            page.contents_add(pdf.make_stream(f"\nQ q {name} Do Q".encode()))
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def _block(lines: list[Outline]) -> str:
    shown = [
        f"q 1 0 0 1 0 {-position * LINE:.2f} cm\n{line.operators}\nQ"
        for position, line in enumerate(lines)
    ]
    return f"{GREY} g\n" + "\n".join(shown)


def _form(
    pdf: pikepdf.Pdf, operators: str, box: list[float], resources: pikepdf.Dictionary | None = None
) -> pikepdf.Object:
    form = pdf.make_stream(operators.encode())
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = pikepdf.Array(box)
    form.Resources = resources or pikepdf.Dictionary()
    return pdf.make_indirect(form)


def _sheet(
    pdf: pikepdf.Pdf, word: pikepdf.Object, box: tuple[float, float], step: float, large: str
) -> pikepdf.Object:
    """One page of tiles; each turned, every second row moved by half a step."""
    width, height = box
    turn = f"{cos(radians(ANGLE)):.5f} {sin(radians(ANGLE)):.5f} "
    turn += f"{-sin(radians(ANGLE)):.5f} {cos(radians(ANGLE)):.5f}"
    operators = ["/Pale gs"]
    for row in range(-1, int(height / STEP_Y) + 1):
        shift = step / 2 if row % 2 else 0
        for column in range(-1, int(width / step) + 1):
            x, y = column * step + shift + 30, row * STEP_Y + 30
            operators.append(f"q {turn} {x:.1f} {y:.1f} cm /Word Do Q")
    if large:
        drawn = outline(large, 120)
        x = width / 2 - drawn.width / 2 * cos(radians(ANGLE))
        y = height / 2 - drawn.width / 2 * sin(radians(ANGLE))
        operators.append(f"q {GREY} g {turn} {x:.1f} {y:.1f} cm\n{drawn.operators}\nQ")
    state = pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, ca=ALPHA)
    resources = pikepdf.Dictionary(
        XObject=pikepdf.Dictionary(Word=word), ExtGState=pikepdf.Dictionary(Pale=state)
    )
    return _form(pdf, "\n".join(operators), [0, 0, width, height], resources)

"""The grid composer: a paragraph becomes lines of 28 cells (GB/T 9704, 22 lines a page).

Pango justifies only at spaces and knows no hanging punctuation, so lines are broken
here: marks that may not begin or end a line don't (避头尾), one closing mark may hang in
the margin, runs of figures and names stay whole, what is left is spread over the line.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from services.documents.rendering.fonts import chain

TEXT_WIDTH = 156.0
TEXT_HEIGHT = 225.0
COLUMNS, LINES = 28, 22
CELL = TEXT_WIDTH / COLUMNS
EM = 16 * 25.4 / 72
SPACING = CELL - EM
NO_START = frozenset("、。，．；：？！）〕】》〉」』”’％℃·—…")
NO_END = frozenset("（〔【《〈「『“‘")
HANGING = frozenset("、。，．；：？！")
LOOSEST = 4 * CELL
"""A line that falls shorter than this is left ragged: stretching would tear it."""

RUN = re.compile(r"[!-~]+号?|——|……|.", re.DOTALL)


def pitch(lines: int = LINES) -> str:
    """From line to line in mm, where a page has so many, as style sheets write it."""
    return f"{TEXT_HEIGHT / lines:.7f}"


@dataclass(frozen=True)
class Line:
    """`text` begins `indent` cells in and is set with `spacing` mm between characters."""

    text: str
    indent: int
    spacing: float | None


def width(text: str) -> float:
    """The width of `text` in mm on the grid; figures and Latin letters as in the face."""
    return sum(map(_advance, text))


@cache
def _advance(character: str) -> float:
    return chain("fang")[0].advance(character) * EM + SPACING


def atoms(text: str, names: Iterable[str] = ()) -> list[str]:
    """The pieces of `text` that no line break may enter."""
    kept = sorted({name for name in names if len(name) > 1}, key=len, reverse=True)
    if not kept:
        return RUN.findall(text)
    parts = re.split("(" + "|".join(map(re.escape, kept)) + ")", text)
    return [
        piece
        for position, part in enumerate(parts)
        for piece in ([part] if position % 2 else RUN.findall(part))
    ]


def compose(
    text: str, *, first: int = 2, rest: int = 0, names: Iterable[str] = (), columns: int = COLUMNS
) -> list[Line]:
    """The lines of a paragraph; `first` and `rest` are the cells left empty at the left."""
    pieces = [part for piece in atoms(text, names) for part in _fitting(piece, columns - rest)]
    lines: list[Line] = []
    while pieces:
        indent = rest if lines else first
        room = (columns - indent) * CELL
        count, hung = _fill(pieces, room)
        taken, pieces = pieces[:count], pieces[count:]
        lines.append(_line(taken, indent, room, hung=hung, last=not pieces))
    return lines


def _fitting(piece: str, columns: int) -> list[str]:
    """A piece longer than a line must break after all."""
    return [piece] if width(piece) <= columns * CELL else list(piece)


def _fill(pieces: list[str], room: float) -> tuple[int, bool]:
    """How many pieces go on the line, and whether the last of them hangs."""
    used, count = 0.0, 0
    for piece in pieces:
        wide = width(piece)
        if used + wide > room + 1e-6:
            break
        used, count = used + wide, count + 1
    if count == len(pieces):
        return count, False
    if _may_hang(pieces, count):
        return count + 1, True
    return _stepped_back(pieces, count), False


def _may_hang(pieces: list[str], count: int) -> bool:
    after = pieces[count + 1] if count + 1 < len(pieces) else ""
    return pieces[count] in HANGING and (not after or after[0] not in NO_START)


def _stepped_back(pieces: list[str], count: int) -> int:
    """Take pieces down to the next line until neither line breaks a rule."""
    back = count
    while back > 1 and (pieces[back][0] in NO_START or pieces[back - 1][-1] in NO_END):
        back -= 1
    return back if back > 1 else max(count, 1)


def _line(taken: list[str], indent: int, room: float, *, hung: bool, last: bool) -> Line:
    text = "".join(taken)
    slack = room - width("".join(taken[:-1] if hung else taken))
    if last and not hung:
        return Line(text, indent, None)
    if abs(slack) < 1e-4 or slack > LOOSEST:
        return Line(text, indent, None)
    # A hanging mark stands after the last gap, so the line has one gap more.
    gaps = max(1, len(text) - 1)
    return Line(text, indent, SPACING + slack / gaps)

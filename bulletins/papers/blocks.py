"""A rich text as the blocks of a paper: head, second, third, text, table."""

import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement, fragment_fromstring

NUMBERED = re.compile(r"^[一二三四五六七八九十]+、\s*")
HEADINGS = {"h2": "head", "h3": "second", "h4": "third"}
NUMBER = re.compile(r"-?[\d,.]+[%％]?")
Row = list[dict[str, Any]]


def blocks_of(body: str) -> list[dict[str, Any]]:
    if not body:
        return []
    frame = fragment_fromstring(body, create_parent="div")
    return [block for element in frame for block in _blocks(element)]


def _blocks(element: HtmlElement) -> list[dict[str, Any]]:
    if element.tag in HEADINGS:
        words = _text(element)
        said = NUMBERED.sub("", words) if element.tag == "h2" else words
        return [{"kind": HEADINGS[element.tag], "text": said}] if said else []
    if element.tag in ("ul", "ol"):
        return _items(element)
    if element.tag == "table":
        rows = _even([[_cell(cell) for cell in row] for row in element.iter("tr") if len(row)])
        return [{"kind": "table", **_parted(rows)}] if rows else []
    words = _text(element)
    return [{"kind": "text", "text": words}] if words else []


def _items(element: HtmlElement) -> list[dict[str, Any]]:
    numbered = element.tag == "ol"
    first = int(element.get("start", "1")) if element.get("start", "1").isdecimal() else 1
    words = [_text(item) for item in element]
    marks = [f"{n}." if numbered else "" for n in range(first, first + len(words))]
    return [
        {"kind": "text", "text": f"{mark}{said}"}
        for mark, said in zip(marks, words, strict=True)
        if said
    ]


def _cell(element: HtmlElement) -> dict[str, Any]:
    wide, tall = (_span(element.get(name, "1")) for name in ("colspan", "rowspan"))
    words, head = _text(element), element.tag == "th"
    number = not head and bool(NUMBER.fullmatch(words))
    return {"text": words, "head": head, "number": number, "wide": wide, "tall": tall}


def _span(given: str) -> int:
    return max(1, int(given)) if given.isdecimal() else 1


def _even(rows: list[Row]) -> list[Row]:
    """Every row as wide as the widest, counting what reaches into it from above; no cell
    reaches below the last row."""
    taken = [0] * len(rows)
    for n, row in enumerate(rows):
        for cell in row:
            cell["tall"] = min(cell["tall"], len(rows) - n)
            for below in range(n, n + cell["tall"]):
                taken[below] += cell["wide"]
    width = max(taken, default=0)
    empty = {"text": "", "head": False, "number": False, "wide": 1, "tall": 1}
    missing = (width - held for held in taken)
    return [row + [dict(empty) for _ in range(n)] for row, n in zip(rows, missing, strict=True)]


def _parted(rows: list[Row]) -> dict[str, list[Row]]:
    """The rows of the head, repeated on each page, and the others."""
    heads = sum(1 for _row in _leading(rows))
    reaches = any(n + cell["tall"] > heads for n, row in enumerate(rows[:heads]) for cell in row)
    first = 0 if reaches else heads
    return {"heads": rows[:first], "rows": rows[first:]}


def _leading(rows: list[Row]) -> Iterator[Row]:
    for row in rows:
        if not all(cell["head"] for cell in row):
            return
        yield row


def _text(element: HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())

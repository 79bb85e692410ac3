"""HTML to PDF by WeasyPrint: nothing is fetched, the 版记 comes to its page."""

import logging
from dataclasses import dataclass
from functools import cache

from weasyprint import HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from services.documents.rendering.compose import LINES, TEXT_HEIGHT, pitch

logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)
logging.getLogger("fontTools").setLevel(logging.ERROR)
COLOPHON = "colophon"
PUSH = f'class="{COLOPHON} even"'
TIGHTER = (LINES + 1, LINES + 2, LINES + 3)
"""Lines of a page whose spacing was adjusted, as offices do where a few lines are over."""

OPENING, CLOSING = "opening", ("enclosed", "closing")
"""The title; and where the names of enclosures stand, and the signature: what follows the
last words."""

TOP = 37 * 96 / 25.4
FEW = 3.5 * TEXT_HEIGHT / LINES * 96 / 25.4
"""Where the text of a page begins, and three lines of it, in px."""


@dataclass(frozen=True)
class Rendered:
    content: bytes
    pages: int


@cache
def _configuration() -> FontConfiguration:
    return FontConfiguration()


def render(html: str) -> Rendered:
    """The PDF of a paper.

    A 版记 that must stand on an even page (F21) and fell on an odd one is sent on in a
    second pass; the blank page this may leave carries no number.
    """
    document = _laid_out(html)
    if PUSH in html and _page_of(document, COLOPHON) % 2:
        pushed = html.replace(PUSH, f'class="{COLOPHON} even push"')
        document = _laid_out(pushed)
        if _page_of(document, COLOPHON) - _page_of(document, "text-end") > 1:
            document = _laid_out(pushed.replace(" even push", " even push alone"))
    elif PUSH not in html and _runs_over(document):
        document = _drawn_in(html, document)
    return Rendered(document.write_pdf(), len(document.pages))


def _laid_out(html: str) -> Document:
    fetcher = URLFetcher(allowed_protocols=("data",))
    return HTML(string=html, url_fetcher=fetcher).render(font_config=_configuration())


def _drawn_in(html: str, document: Document) -> Document:
    """On closer lines, if they save the page that hardly more than the signature needs (F18)."""
    for lines in TIGHTER:
        closer = _laid_out(html.replace(f"{pitch()}mm", f"{pitch(lines)}mm"))
        if len(closer.pages) < len(document.pages):
            return closer
    return document


def _runs_over(document: Document) -> bool:
    """Is there a second page for the last few lines only, or for whom a copy goes to?"""
    places = [page.anchors for page in document.pages]
    first = next((n for n, page in enumerate(places) if OPENING in page), len(places))
    if len(places) - first != 2:
        return False
    last = places[-1]
    tops = [last[name][1] for name in CLOSING if name in last]
    return any(top < TOP + FEW for top in tops) or (COLOPHON in last and "text-end" not in last)


def _page_of(document: Document, anchor: str) -> int:
    return next(n for n, page in enumerate(document.pages, 1) if anchor in page.anchors)

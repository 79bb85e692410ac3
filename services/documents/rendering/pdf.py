"""HTML to PDF by WeasyPrint: nothing is fetched, the 版记 comes to its page."""

import logging
from dataclasses import dataclass
from functools import cache

from weasyprint import HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)
COLOPHON = "colophon"
PUSH = f'class="{COLOPHON} even"'


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
    return Rendered(document.write_pdf(), len(document.pages))


def _laid_out(html: str) -> Document:
    fetcher = URLFetcher(allowed_protocols=("data",))
    return HTML(string=html, url_fetcher=fetcher).render(font_config=_configuration())


def _page_of(document: Document, anchor: str) -> int:
    return next(n for n, page in enumerate(document.pages, 1) if anchor in page.anchors)

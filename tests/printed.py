"""Papers as they come out of the press: the finished PDF, and what can be read on it."""

import re
from io import BytesIO

import pdfplumber

from services.documents.rendering import papers, pdf


def opened(kind: str, context: dict) -> pdfplumber.PDF:
    return pdfplumber.open(BytesIO(pdf.render(papers.html_of(kind, context)).content))


def text_of(kind: str, context: dict) -> str:
    """What stands on the paper, without folios and without the spaces between its lines."""
    with opened(kind, context) as paper:
        said = "".join("".join((page.extract_text() or "").split()) for page in paper.pages)
    return re.sub(r"—\d+—", "", said)

"""The same paper as Word: made of the same HTML, with the font names that offices have.

Word is what a unit seals and sends, so it names 仿宋_GB2312, 方正小标宋 and the rest and
embeds none of them (their licences forbid that).
"""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml.html import fromstring

from services.documents.rendering.word.blocks import Writer
from services.documents.rendering.word.page import blank_document


def render(html: str) -> bytes:
    """The .docx of a paper's HTML: same words in the same order, on the same grid."""
    page = fromstring(html)
    body = page.find("body")
    letter = "letter" in (body.get("class") or "").split()
    document = blank_document(title=page.findtext("head/title") or "", letter=letter)
    Writer(document).write(body)
    out = BytesIO()
    document.save(out)
    return timeless(out)


def timeless(package: BytesIO) -> bytes:
    """The package without the moment at which it was packed: a repeated rendering of the
    same text must have the same digest."""
    out = BytesIO()
    with ZipFile(package) as packed, ZipFile(out, "w", ZIP_DEFLATED) as repacked:
        for part in packed.infolist():
            repacked.writestr(ZipInfo(part.filename), packed.read(part), ZIP_DEFLATED)
    return out.getvalue()

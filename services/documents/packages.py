"""The words inside Word, Excel, PowerPoint and OFD files: zipped XML, read as a stream.

Every part is read (page heads, first pages, notes, remarks, hidden sheets), for a mark of
secrecy may stand in any of them. Nothing is built in memory, so that a small file that
unpacks to a huge one does no harm.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator

from lxml.etree import QName, XMLSyntaxError, iterparse
from lxml.html import HtmlElement

from services.documents.refusals import unreadable

# Unpacked XML of a whole file. A book of a thousand pages has some ten megabytes.
MAX_XML = 100 * 1024 * 1024
HEADS = {f"{page}{place}" for page in ("odd", "even", "first") for place in ("Header", "Footer")}
LINES = frozenset({"p", "si", "c", "comment", "TextObject"} | HEADS)
WORDS = frozenset({"t", "v", "TextCode"} | HEADS)


def package_text(content: bytes) -> str:
    """All words, a line a paragraph or cell; RuleBroken "broken" if they cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = [one for one in package.infolist() if one.filename.lower().endswith(".xml")]
            if sum(one.file_size for one in parts) > MAX_XML:
                raise unreadable()
            return "\n".join(line for one in parts for line in _lines(package, one))
    except (
        zipfile.BadZipFile,
        zlib.error,
        XMLSyntaxError,
        RuntimeError,
        OSError,
        EOFError,
    ) as broken:
        raise unreadable() from broken


def _lines(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[str]:
    """A text box stands inside a paragraph: its own words come apart from those around it."""
    lines: list[list[str]] = [[]]
    with package.open(part) as stream:
        events = ("start", "end")
        for event, element in iterparse(
            stream, events, resolve_entities=False, no_network=True, remove_comments=True
        ):
            name = QName(element).localname
            if event == "start":
                if name in LINES:
                    lines.append([])
                continue
            if name in WORDS:
                lines[-1].append(element.text or "")
            if name in LINES:
                yield "".join(lines.pop())
            _forget(element)
    yield "".join(lines.pop())


def _forget(element: HtmlElement) -> None:
    """Free what was read; emptied elements alone would still fill the memory."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]

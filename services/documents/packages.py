"""The words inside Word, Excel, PowerPoint and OFD files: zipped XML, read as a stream.

Every part is read (page heads, first pages, notes, remarks, hidden sheets), for a mark of
secrecy may stand in any of them. Nothing is built in memory, so that a small file that
unpacks to a huge one does no harm.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator

from lxml.etree import XMLParser, XMLSyntaxError

from services.documents.refusals import unreadable

# Unpacked XML of a whole file. A book of a thousand pages has some ten megabytes.
MAX_XML = 100 * 1024 * 1024
AT_ONCE = 64 * 1024
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
    parser = XMLParser(target=_Words(), resolve_entities=False, no_network=True)
    with package.open(part) as stream:
        while chunk := stream.read(AT_ONCE):
            parser.feed(chunk)
    yield from parser.close()


class _Words:
    """Told of every element by the parser; a text box stands inside a paragraph: its own
    words come apart from those around it."""

    def __init__(self) -> None:
        self._open: list[list[str]] = [[]]
        self._done: list[str] = []
        self._inside = 0

    def start(self, tag: str, _attributes: object) -> None:
        name = tag.rpartition("}")[2]
        if name in LINES:
            self._open.append([])
        if name in WORDS:
            self._inside += 1

    def data(self, words: str) -> None:
        if self._inside:
            self._open[-1].append(words)

    def end(self, tag: str) -> None:
        name = tag.rpartition("}")[2]
        if name in WORDS:
            self._inside -= 1
        if name in LINES:
            self._done.append("".join(self._open.pop()))

    def close(self) -> list[str]:
        return [*self._done, "".join(self._open.pop())]

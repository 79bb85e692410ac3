"""The words inside Word, Excel and PowerPoint files of the years 1997 to 2006.

They are compound files: streams in which text stands as UTF-16, at odd places too, between
formats and numbers. Only what stands around the sign of every mark of secrecy is read: the
check needs no more, and it is quick for any size.
"""

import io
import re
import struct
from collections.abc import Iterator

from olefile import OleFileIO

from foundations.access.secrets_marks import SIGN
from services.documents.refusals import locked, unreadable, with_macros

MAIN_STREAMS = {"doc": "WordDocument", "xls": "Workbook", "ppt": "PowerPoint Document"}
# Compressed pictures: any bytes may stand there, but no text.
PICTURES = frozenset({"Data", "Pictures"})
# What the library raises on damaged files.
BROKEN = (
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    TypeError,
    ValueError,
    struct.error,
)
ENCODING = "utf-16-le"
PLACE = re.compile(re.escape(SIGN.encode(ENCODING)))
REACH = 2 * 40
# A book on secrecy has some hundreds; a file made to fill the memory has millions.
MOST_PLACES = 20_000
CONTROLS = dict.fromkeys(range(32), "\n")
# Excel writes the length and kind of a short text before it, and the next text right behind
# it. The lookahead finds a length also within what was taken for another.
SHORT_TEXT = re.compile(rb"(?=([\x02-\x28])\x00(\x01|\x05.{4}|\x09.{2}|\x0d.{6}))", re.DOTALL)
WORD_97 = 0xC1
# The record on the password of a workbook; one that forbids writing may stand before it.
FILE_PASS = re.compile(rb"(\x86\x00\x00\x00)?\x2f\x00")


def is_compound(suffix: str, content: bytes) -> bool:
    """Is it a compound file, with the stream that its suffix promises?"""
    try:
        with OleFileIO(io.BytesIO(content)) as file:
            return suffix not in MAIN_STREAMS or file.exists(MAIN_STREAMS[suffix])
    except BROKEN:
        return False


def compound_text(content: bytes) -> str:
    """The passages in which a mark may stand; RuleBroken macros, encrypted or broken."""
    passages: list[str] = []
    try:
        with OleFileIO(io.BytesIO(content)) as file:
            paths = file.listdir()
            # No two streams of an honest file share their bytes.
            if sum(file.get_size(path) for path in paths) > len(content):
                raise unreadable()
            if any("VBA" in path for path in paths):
                raise with_macros()
            for path in paths:
                stream = file.openstream(path).read()
                _refuse_closed(path[-1], stream)
                if path[-1] not in PICTURES:
                    passages += _passages(stream)
    except BROKEN as broken:
        raise unreadable() from broken
    return "\n".join(passages)


def _refuse_closed(name: str, stream: bytes) -> None:
    """What is locked cannot be read, nor what Word wrote before 1997, in a code page."""
    word = name == "WordDocument"
    # The first record of a workbook says its length; the one on a password would follow.
    second = 4 + int.from_bytes(stream[2:4], "little")
    if (
        name in ("EncryptedPackage", "EncryptedSummary")
        or (word and stream[11] & 1)
        or (name == "Workbook" and FILE_PASS.match(stream, second))
    ):
        raise locked()
    if word and int.from_bytes(stream[2:4], "little") < WORD_97:
        raise unreadable()


def _passages(stream: bytes) -> Iterator[str]:
    for count, place in enumerate(PLACE.finditer(stream)):
        if count == MOST_PLACES:
            raise unreadable()
        # Both ends are cut from longer lines, which the dots say.
        start = max(place.start() % 2, place.start() - REACH)
        around = stream[start : place.end() + REACH]
        yield f"…{_words(around)}…"
        yield from _short_texts(around)


def _short_texts(around: bytes) -> Iterator[str]:
    for found in SHORT_TEXT.finditer(around):
        text = _words(around[found.end(2) :][: 2 * found[1][0]])
        if SIGN in text:
            yield text


def _words(around: bytes) -> str:
    return around.decode(ENCODING, "replace").translate(CONTROLS)

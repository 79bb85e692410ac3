"""Files of Word, Excel and PowerPoint 97, as LibreOffice writes them.

Each has a line of its own that is ten characters long, and a sentence that speaks of
商业秘密 and 机密文件 without being marked.
"""

from pathlib import Path
from zipfile import ZipFile

SAMPLES = Path(__file__).parent / "samples" / "office97.zip"
LINE = "标记占位文字处在此行"
ENCODING = "utf-16-le"
WORD = b"\xec\xa5\x01\x01"
EXCEL = b"\x09\x08\x10\x00\x00\x06"


def office97(suffix: str, line: str = LINE) -> bytes:
    """The sample of a suffix, with `line` in the place of its first line."""
    with ZipFile(SAMPLES) as samples:
        content = samples.read(f"sample.{suffix}")
    given, wanted = LINE.encode(ENCODING), line.ljust(len(LINE)).encode(ENCODING)
    assert content.count(given) == 1
    assert len(given) == len(wanted)
    return content.replace(given, wanted)


def with_stream_named(name: str) -> bytes:
    """A Word file one of whose streams has another name (shorter than `\\x01CompObj`)."""
    content = bytearray(office97("doc"))
    entry = content.index("\x01CompObj".encode(ENCODING))
    content[entry : entry + 64] = name.encode(ENCODING).ljust(64, b"\0")
    content[entry + 64 : entry + 66] = (2 * len(name) + 2).to_bytes(2, "little")
    return bytes(content)


def protected(suffix: str) -> bytes:
    """The sample with the flag or the record that says that it has a password."""
    content = bytearray(office97(suffix))
    if suffix == "doc":
        content[content.index(WORD) + 11] |= 1
    else:
        book = content.index(EXCEL)
        content[book + 20 : book + 22] = b"\x2f\x00"
    return bytes(content)


def older(content: bytes) -> bytes:
    """A Word file that says it is Word 95's."""
    return content.replace(WORD, b"\xec\xa5\x68\x00")


def oversized() -> bytes:
    """A Word file with a stream that claims to be longer than the file."""
    content = bytearray(office97("doc"))
    entry = content.index("WordDocument".encode(ENCODING))
    content[entry + 120 : entry + 124] = (1 << 30).to_bytes(4, "little")
    return bytes(content)

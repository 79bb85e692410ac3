"""What an upload really is: its type by content, and its text as far as it can be read."""

import io
import zipfile
from dataclasses import dataclass

import puremagic
from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from foundations.access.errors import RuleBroken
from services.documents.compound import compound_text, is_compound
from services.documents.packages import package_text
from services.documents.refusals import locked, unreadable, with_macros
from services.documents.scanner import refuse_infected

OFFICE = "application/vnd.openxmlformats-officedocument."
SUFFIXES = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}wordprocessingml.document",
    "xlsx": f"{OFFICE}spreadsheetml.sheet",
    "pptx": f"{OFFICE}presentationml.presentation",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "wps": "application/vnd.ms-works",
    "ofd": "application/ofd",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "txt": "text/plain",
}
COMPOUND = frozenset({"doc", "xls", "ppt", "wps"})
ZIPPED = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/", "ofd": "OFD.xml"}
MAX_UNPACKED = 500 * 1024 * 1024
MAX_TEXT = 2_000_000


@dataclass(frozen=True)
class Upload:
    """A file that passed: its name, bytes, media type and readable text."""

    name: str
    content: bytes
    media_type: str
    text: str


def examine(name: str, content: bytes) -> Upload:
    """Raises RuleBroken with field "file": empty_file, wrong_type, disguised, infected,
    scanner_unavailable, macros, encrypted, broken."""
    if not content:
        raise RuleBroken("empty_file", _("This file is empty."), "file")
    suffix = name.rpartition(".")[2].lower()
    if suffix not in SUFFIXES:
        raise RuleBroken(
            "wrong_type",
            _("Files of the type “%(suffix)s” are not taken. Save it as PDF, Word or Excel.")
            % {"suffix": suffix},
            "file",
        )
    if not _is_really(suffix, content):
        raise RuleBroken(
            "disguised",
            _(
                "The content of this file is not what its name “.%(suffix)s” says. "
                "Open it and save it anew in the right format."
            )
            % {"suffix": suffix},
            "file",
        )
    refuse_infected(content)
    return Upload(name, content, SUFFIXES[suffix], text_of(suffix, content))


def _is_really(suffix: str, content: bytes) -> bool:
    if suffix in ZIPPED:
        return _is_package(ZIPPED[suffix], content)
    if suffix in COMPOUND:
        return is_compound(suffix, content)
    if suffix == "txt":
        return _plain_text(content) is not None and not _kinds(content)
    return SUFFIXES[suffix] in _kinds(content)


def _kinds(content: bytes) -> set[str]:
    """The media types that the first bytes speak for."""
    try:
        return {match.mime_type for match in puremagic.magic_string(content[:4096])}
    except puremagic.PureError:
        return set()


def _is_package(part: str, content: bytes) -> bool:
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = package.namelist()
        if sum(entry.file_size for entry in package.infolist()) > MAX_UNPACKED:
            raise unreadable()
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise with_macros()
    return any(name.startswith(part) for name in names)


def _plain_text(content: bytes) -> str | None:
    if b"\0" in content:
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def text_of(suffix: str, content: bytes) -> str:
    """The words of a file, for the check on marks; "" where they cannot be read."""
    if suffix in ZIPPED:
        return package_text(content)
    if suffix in COMPOUND:
        return compound_text(content)
    readers = {"pdf": _of_pdf, "txt": _plain_text}
    reader = readers.get(suffix)
    return (reader(content) or "")[:MAX_TEXT] if reader else ""


def _of_pdf(content: bytes) -> str:
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise locked()
        return "\n".join(page.extract_text() for page in reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as broken:
        raise unreadable() from broken

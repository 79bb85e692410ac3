"""Numbers as a clerk types them, put into the form that offices and courts write. Pure.

The year of a document stands in 〔 〕, that of a case in （ ）: mixing them up is the most
common slip of the pen, so it is put right and told, not refused.
"""

import re
import unicodedata

OPEN, CLOSE = r"[(（\[［【〔〖｛{]", r"[)）\]］】〕〗｝}]"
YEAR = re.compile(rf"{OPEN}(\d{{4}}){CLOSE}")
ORDINAL = re.compile(r"〕第?0*(\d+)号?$")
CASE_ORDINAL = re.compile(r"(?:字第|第)?0*(\d+)号?(之[一二三四五六七八九十]+)?$")
NATIONAL = re.compile(r"[^\W\d_]{2,30}〔(?:19|20)\d{2}〕[1-9]\d*号")
OLDER = re.compile(r"（(?:19|20)\d{2}）\w{2,40}[1-9]\d*号|\w{2,40}字第[1-9]\d*号")
CASE = re.compile(
    r"（(?:19|20)\d{2}）[^\W\d_]{1,4}\d{0,4}[^\W\d_]{1,10}[1-9]\d*号(?:之[一二三四五六七八九十]+)?"
)
NEW_CASE_NUMBERS = 2016
"""The year from which court numbers bear neither 字 nor 第."""


def clean_number(text: str) -> tuple[str, bool]:
    """A document number in its usual form, and whether anything had to be put right.

    A number that begins with its year is of the older court style and keeps （ ）.
    """
    number = _plain(text)
    if YEAR.match(number):
        number = YEAR.sub(r"（\1）", number, count=1)
    else:
        number = ORDINAL.sub(r"〕\1号", YEAR.sub(r"〔\1〕", number))
    return number, number != text.strip()


def clean_case_number(text: str) -> tuple[str, bool]:
    """A case number in its usual form, and whether anything had to be put right.

    One that doesn't begin with its year is that of a reconsideration, which is written
    as a document number is.
    """
    number = _plain(text)
    found = YEAR.match(number)
    if found is None:
        return clean_number(text)
    number = YEAR.sub(r"（\1）", number, count=1)
    if int(found[1]) >= NEW_CASE_NUMBERS:
        number = CASE_ORDINAL.sub(r"\1号\2", number)
    return number, number != text.strip()


def is_national_style(number: str) -> bool:
    """机关代字〔2026〕3号."""
    return NATIONAL.fullmatch(number) is not None


def is_older_style(number: str) -> bool:
    """（2024）鄂0503司建3号, 某法建字第3号: as letters were numbered before."""
    return OLDER.fullmatch(number) is not None


def is_case_number(number: str) -> bool:
    """Of a court, of any year, or of a reconsideration."""
    return CASE.fullmatch(number) is not None or is_national_style(number)


def _plain(text: str) -> str:
    """Without spaces and invisible characters, figures and letters half-width."""
    shown = (
        unicodedata.normalize("NFKC", one) if unicodedata.category(one)[0] in "NL" else one
        for one in "".join(text.split())
        if unicodedata.category(one) != "Cf"
    )
    return "".join(shown)

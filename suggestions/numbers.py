"""The numbers of letters as a clerk types them, put into the form that offices write. Pure.

Case numbers are read by the room of cases; here are the styles of letters.
"""

import re

from cases.numbers.parsing import parse_number
from cases.numbers.signs import (
    YEAR,
    compact,
    half_width,
    round_year,
    square_year,
)

ORDINAL = re.compile(r"〕第?0*(\d+)号?$")
NATIONAL = re.compile(r"[^\W\d_]{2,30}〔(?:19|20)\d{2}〕[1-9]\d*号")
OLDER = re.compile(r"（(?:19|20)\d{2}）\w{2,40}[1-9]\d*号|\w{2,40}字第[1-9]\d*号")


def clean_number(text: str) -> tuple[str, bool]:
    """A document number in its usual form, and whether anything had to be put right.

    A number that begins with its year is of the older court style and keeps （ ）.
    """
    number = half_width(compact(text))
    if YEAR.match(number):
        number = round_year(number)
    else:
        number = ORDINAL.sub(r"〕\1号", square_year(number))
    return number, number != text.strip()


def clean_case_number(text: str) -> tuple[str, bool]:
    """A case number in its usual form, and whether anything had to be put right.

    What is no number at all stays as it was typed.
    """
    typed = text.strip()
    number = parse_number(typed, {}).normalized or typed
    return number, number != typed


def is_national_style(number: str) -> bool:
    """机关代字〔2026〕3号."""
    return NATIONAL.fullmatch(number) is not None


def is_older_style(number: str) -> bool:
    """（2024）鄂0503司建3号, 某法建字第3号: as letters were numbered before."""
    return OLDER.fullmatch(number) is not None


def is_case_number(number: str) -> bool:
    """Of a court, of any year, or of a reconsideration."""
    return parse_number(number, {}).is_case

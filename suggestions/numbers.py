"""The numbers of letters as a clerk types them, put into the form that offices write.

Case numbers are read by the room of cases; here are the styles of letters.
"""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from cases.models import CourtCode, Procedure
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


def is_national_style(number: str) -> bool:
    """机关代字〔2026〕3号."""
    return NATIONAL.fullmatch(number) is not None


def is_older_style(number: str) -> bool:
    """（2024）鄂0503司建3号, 某法建字第3号: as letters were numbered before."""
    return OLDER.fullmatch(number) is not None


def read_case_number(typed: str) -> tuple[str, str]:
    """A case number in its usual form, or what is wrong with it and how it is put right.

    By the court codes that the place keeps, as the room of disputes reads numbers.
    """
    if not typed.strip():
        return "", ""
    found = parse_number(typed.strip(), CourtCode.objects.names())
    number = found.normalized or typed.strip()
    return (number, "") if found.is_case else ("", found.hint or _not_a_case(number))


def _not_a_case(number: str) -> str:
    message = _("“%(number)s” is no case number; it looks like “%(example)s”.")
    return message % {"number": number, "example": "（2026）新4002行初12号"}


def procedures_by_number(jurisdiction: int, numbers: Iterable[str]) -> dict[str, Procedure]:
    """The procedures of a place that have these numbers; one query, none for none."""
    keys = {"".join(sign for sign in one if sign.isalnum()): one for one in numbers}
    if not keys:
        return {}
    rows = Procedure.objects.filter(number_key__in=keys, dispute__jurisdiction=jurisdiction)
    return {keys[row.number_key]: row for row in rows.order_by("-pk")}

"""What is wrong with a number, in one sentence that offers the way out; "" if nothing is."""

import re
from collections.abc import Collection, Mapping
from datetime import date

from django.utils.translation import gettext as _

from cases.numbers.signs import PROVINCES
from cases.numbers.types import codes, near_types

EXAMPLE = "（2026）鄂0503行初12号"
OLDER = "（2014）伍行初字第12号"
PAPER = "伊市政复〔2026〕12号"
SEVERAL = re.compile(r"\d+号?[-—–－~～至、,，]\d+号?$")
IN_WORDS = re.compile(r"[一二三四五六七八九十百]+号?$")
ENDS_IN_FIGURES = re.compile(r"\d号?(?:之.+)?$")
WITHOUT_YEAR = re.compile(rf"(?:[{PROVINCES}]\d{{2,4}}|最高法)\D+\d+号?.*")
FIGURES = (0, 2, 4)
"""High courts have no figures behind the character, intermediate ones two, basic ones four."""


def no_number() -> str:
    return _(
        "This is no case number; one of a court looks like “%(court)s”, one of a "
        "reconsideration like “%(paper)s”."
    ) % {"court": EXAMPLE, "paper": PAPER}


def unreadable(number: str) -> str:
    if SEVERAL.search(number):
        return _("This names several cases; enter each number by itself.")
    if WITHOUT_YEAR.fullmatch(number):
        return _("The year is missing; a number begins with it, such as “%(court)s”.") % {
            "court": EXAMPLE
        }
    if number.startswith("（") and not ENDS_IN_FIGURES.search(number):
        if IN_WORDS.search(number):
            return _("Write the ordinal in Arabic figures, such as “%(court)s”.") % {
                "court": EXAMPLE
            }
        return _("The ordinal is missing at the end, such as “%(court)s”.") % {"court": EXAMPLE}
    return no_number()


def put_right(number: str, slips: Collection[str]) -> str:
    if not slips:
        return ""
    return _("Put right as “%(number)s”: %(slips)s.") % {
        "number": number,
        "slips": "；".join(slips),
    }


def year_to_come(year: int, on: date | None) -> str:
    if on is None or year <= on.year:
        return ""
    return _("The year %(year)d has not come yet; check the year.") % {"year": year}


def year_too_early(year: int, first: int) -> str:
    if year >= first:
        return ""
    return _("The year %(year)d is too early; check the year.") % {"year": year}


def year_elsewhere(right: str) -> str:
    return _("The year of a court's case stands first and in （ ）: write “%(number)s”.") % {
        "number": right
    }


def before_courts_had_codes(year: int, first: int, letters: str) -> str:
    if year >= first:
        return ""
    return _(
        "Numbers with a court code exist since %(first)d; a case of %(year)d is written like "
        "“%(older)s”. Check the year, or write the number as the judgment has it."
    ) % {"first": first, "year": year, "older": OLDER}


def court(code: str, letters: str, figures: str, *, known: bool) -> str:
    if not code:
        return _(
            "“%(letters)s” is no court code; since 2016 a number has the court's code behind "
            "the year, such as “%(court)s”."
        ) % {"letters": letters + figures, "court": EXAMPLE}
    if known or len(figures) in FIGURES:
        return ""
    return _(
        "The court code “%(code)s” has %(count)d figures; it has two for an intermediate "
        "court and four for a basic one."
    ) % {"code": code, "count": len(figures)}


def unknown_court(code: str, courts: Mapping[str, str]) -> str:
    if code in courts:
        return ""
    return _(
        "The court code “%(code)s” is not in the table; check it, or have the system "
        "administrator add the court."
    ) % {"code": code}


def case_type(kind: str) -> str:
    if kind in codes().types:
        return ""
    near = "、".join(f"“{one}”" for one in near_types(kind))
    if not kind:
        return _("The type of case is missing behind the court code, such as %(near)s.") % {
            "near": near
        }
    return _("“%(code)s” is no type of case; near ones are %(near)s.") % {
        "code": kind,
        "near": near,
    }


def ordinal(number: int) -> str:
    return "" if number else _("The ordinal begins with 1; check it.")


def of_the_register() -> str:
    return _("This is a number of the portal's own register, not one of a court.")

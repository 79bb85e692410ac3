"""One door for every number that names a case or a paper: read, put right, explained. Pure.

Since 2016 a court's number is （2026）鄂0503行初12号: the year in （ ）, the court's code,
the type of case, the ordinal (法〔2015〕137号). Before, each court wrote it as it liked. The
numbers of reconsiderations and papers have their year in 〔 〕 behind the organ's code.
"""

import re
from collections.abc import Mapping
from datetime import date

from cases.numbers import documents, wrong
from cases.numbers.parsed import Parsed, Series, Verdict
from cases.numbers.signs import ANY, COURT, HAN, OLDER, PROVINCES, YEAR, put_right
from cases.numbers.types import codes

FIRST_YEAR = 2016
LONGEST = 200
SUPREME = ("最高法知", "最高法")
NUMBER = re.compile(
    rf"（(?P<year>\d{{4}})）(?P<letters>{HAN}+?)(?P<figures>\d*)(?P<type>{HAN}*?)"
    r"(?P<ordinal>\d+)号(?P<suffix>(?:之[一二三四五六七八九十]+)?)"
)
FREE = re.compile(
    rf"（(?P<year>\d{{4}})）(?P<code>[一-鿿\d]*{HAN})(?:字第?|第)(?P<ordinal>\d+(?:-\d+)?)号"
    r"(?P<suffix>(?:之[一二三四五六七八九十]+)?)"
)


def parse_number(text: str, courts: Mapping[str, str], *, on: date | None = None) -> Parsed:
    """What `text` is. `courts` are the names of courts by code; a year after that of `on` is
    refused, without `on` none is too late."""
    typed = text.strip()
    if not typed or len(typed) > LONGEST:
        return Parsed(Verdict.INVALID, hint=wrong.no_number())
    number, slips = put_right(typed, ANY)
    if number.startswith("（") or YEAR.match(number):
        return _of_court(number, slips, courts, on)
    return documents.parse_document(number, slips, on)


def _of_court(number: str, slips: list[str], courts: Mapping[str, str], on: date | None) -> Parsed:
    found = YEAR.match(number)
    if found is None:
        return Parsed(Verdict.INVALID, hint=wrong.no_number())
    year = int(found[1])
    if late := wrong.year_to_come(year, on):
        return Parsed(Verdict.INVALID, hint=late)
    older, fixed = put_right(number, OLDER)
    if year < FIRST_YEAR and (free := FREE.fullmatch(older)):
        return _legacy(older, slips + fixed, free)
    number, fixed = put_right(number, COURT)
    return _modern(number, slips + fixed, courts)


def _legacy(number: str, slips: list[str], found: re.Match[str]) -> Parsed:
    parts: dict[str, str | int] = {
        "series": str(Series.LEGACY),
        "year": int(found["year"]),
        "code": found["code"],
        "ordinal": found["ordinal"],
        "suffix": found["suffix"],
    }
    hint = wrong.put_right(number, slips)
    return Parsed(Verdict.LEGACY, number, parts, hint=hint)


def _modern(number: str, slips: list[str], courts: Mapping[str, str]) -> Parsed:
    found = NUMBER.fullmatch(number)
    if found is None:
        return Parsed(Verdict.INVALID, hint=wrong.unreadable(number))
    year, ordinal = int(found["year"]), int(found["ordinal"])
    court, kind = split(found["letters"], found["figures"], found["type"], courts)
    if kind in codes().older_suggestions and court:
        return _older_suggestion(number, slips, courts, (year, court, kind, ordinal))
    broken = (
        wrong.before_courts_had_codes(year, FIRST_YEAR, found["letters"])
        or wrong.court(court, found["letters"], found["figures"], known=court in courts)
        or wrong.case_type(kind)
        or wrong.ordinal(ordinal)
    )
    if broken:
        return Parsed(Verdict.INVALID, hint=broken)
    parts: dict[str, str | int] = {
        "series": str(Series.COURT),
        "year": year,
        "court_code": court,
        "type_code": kind,
        "type_name": codes().types[kind].name,
        "ordinal": ordinal,
        "suffix": found["suffix"],
    }
    hints = [wrong.put_right(number, slips), wrong.unknown_court(court, courts)]
    return Parsed(
        Verdict.FIXED if slips else Verdict.VALID,
        number,
        parts,
        courts.get(court),
        "".join(filter(None, hints)),
    )


def split(letters: str, figures: str, kind: str, courts: Mapping[str, str]) -> tuple[str, str]:
    """(court, type): a court with figures ends with them; one without is told by its name.

    "" for the court where the words begin with none.
    """
    if figures:
        known = letters in PROVINCES and len(letters) == 1
        code = f"{letters}{figures}"
        return (code if known or code in courts else ""), kind
    words = letters + kind
    bare = [code for code in (*SUPREME, *PROVINCES, *courts) if words.startswith(code)]
    fits = sorted(bare, key=lambda code: (words[len(code) :] in codes().types, len(code)))
    return (fits[-1], words[len(fits[-1]) :]) if fits else ("", words)


def _older_suggestion(
    number: str,
    slips: list[str],
    courts: Mapping[str, str],
    read: tuple[int, str, str, int],
) -> Parsed:
    """（2024）鄂0503司建3号: 法释〔2023〕11号 has 某法建〔2024〕3号 instead."""
    year, court, kind, ordinal = read
    parts: dict[str, str | int] = {
        "series": str(Series.SUGGESTION),
        "year": year,
        "court_code": court,
        "type_code": kind,
        "ordinal": ordinal,
    }
    hint = wrong.put_right(number, slips)
    return Parsed(Verdict.LEGACY, number, parts, courts.get(court), hint)

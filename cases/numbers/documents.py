"""Numbers that begin with an organ's code: reconsiderations, letters, papers, the register."""

import re
from datetime import date

from cases.numbers import wrong
from cases.numbers.parsed import Parsed, Series, Verdict
from cases.numbers.signs import BRACKETS, COURT, DOCUMENT, HAN, PROVINCES, put_right
from cases.numbers.types import codes

FIRST_YEAR = 1949
PAPER = re.compile(rf"(?P<code>{HAN}{{2,30}})〔(?P<year>\d{{4}})〕(?P<ordinal>\d+)号")
REGISTER = re.compile(rf"(?P<code>{HAN}{{1,30}})〔(?P<year>\d{{4}})〕(?P<ordinal>\d+)号?")
NO_YEAR = re.compile(rf"(?P<code>{HAN}{{2,30}})字第(?P<ordinal>[1-9]\d*)号")
RECONSIDERATION = re.compile(rf"(?P<organ>{HAN}+?)(?P<kind>复{HAN}{{0,3}}?)字?")
ELSEWHERE = re.compile(
    rf"(?P<head>(?:[{PROVINCES}]\d{{2,4}}|最高法){HAN}*)〔(?P<year>\d{{4}})〕"
    rf"(?P<rest>(?:{HAN}+|(?<={HAN}〔\d{{4}}〕))\d+号?.*)"
)


def parse_document(number: str, slips: list[str], on: date | None) -> Parsed:
    """What a number is that doesn't begin with its year; `slips` were put right before."""
    number, fixed = put_right(number, BRACKETS)
    slips = slips + fixed
    if (inside := REGISTER.fullmatch(number)) and inside["code"].endswith(codes().internal):
        return _internal(number, slips, inside)
    if moved := ELSEWHERE.fullmatch(number):
        right, _slips = put_right(f"（{moved['year']}）{moved['head']}{moved['rest']}", COURT)
        return Parsed(Verdict.INVALID, hint=wrong.year_elsewhere(right))
    if (older := NO_YEAR.fullmatch(number)) and older["code"].endswith(codes().suggestions):
        return _without_year(number, slips, older)
    number, fixed = put_right(number, DOCUMENT)
    return _paper(number, slips + fixed, on)


def _paper(number: str, slips: list[str], on: date | None) -> Parsed:
    found = PAPER.fullmatch(number)
    if found is None:
        return Parsed(Verdict.INVALID, hint=wrong.unreadable(number))
    year, ordinal = int(found["year"]), int(found["ordinal"])
    broken = (
        wrong.year_to_come(year, on)
        or wrong.year_too_early(year, FIRST_YEAR)
        or wrong.ordinal(ordinal)
    )
    if broken:
        return Parsed(Verdict.INVALID, hint=broken)
    parts: dict[str, str | int] = {**_kind(found["code"]), "year": year, "ordinal": ordinal}
    verdict = Verdict.FIXED if slips else Verdict.VALID
    return Parsed(verdict, number, parts, hint=wrong.put_right(number, slips))


def _kind(code: str) -> dict[str, str | int]:
    if code.removesuffix("字").endswith(codes().suggestions):
        return {"series": str(Series.SUGGESTION), "code": code}
    found = RECONSIDERATION.fullmatch(code)
    if found:
        return {
            "series": str(Series.RECONSIDERATION),
            "code": code,
            "organ": found["organ"],
            "type_code": found["kind"],
            "type_name": codes().reconsiderations.get(found["kind"], ""),
        }
    return {"series": str(Series.DOCUMENT), "code": code}


def _internal(number: str, slips: list[str], found: re.Match[str]) -> Parsed:
    """The register pads its ordinals, so that zeros stay."""
    parts: dict[str, str | int] = {
        "series": str(Series.INTERNAL),
        "code": found["code"],
        "year": int(found["year"]),
        "ordinal": found["ordinal"],
    }
    verdict = Verdict.FIXED if slips else Verdict.VALID
    hint = wrong.put_right(number, slips) + wrong.of_the_register()
    return Parsed(verdict, number, parts, hint=hint)


def _without_year(number: str, slips: list[str], found: re.Match[str]) -> Parsed:
    parts: dict[str, str | int] = {
        "series": str(Series.SUGGESTION),
        "code": found["code"],
        "ordinal": int(found["ordinal"]),
    }
    return Parsed(Verdict.LEGACY, number, parts, hint=wrong.put_right(number, slips))

"""Targets that the words of a measure set: 率100%, 20%以上, 每年不少于4次."""

import re
from dataclasses import asdict, dataclass

from foundations.calendars.terms import Per

MEASURED = re.compile(
    r"\d+(?:\.\d+)?\s*(?:[%％]|次|期|场|名|件|轮|个|家)|[一二两三四五六七八九十]+(?:次|期|场|名|轮)|百分之"
)
NUMERALS = dict(zip("一二两三四五六七八九十", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))
CLAUSES = re.compile(r"[，。；;]")
RATE = re.compile(r"(?P<n>\d+(?:\.\d+)?)\s*[%％]")
COUNT = re.compile(
    r"(?:不少于|至少|不低于|开展|举办|召开)[^，。；\d]{0,4}?"
    r"\s*(?P<n>\d+|[一二两三四五六七八九十])\s*(?P<unit>次|期|场|名|件|轮)"
)
PERIODS: dict[str, Per] = {
    "每半年": Per.HALF_YEAR,
    "每季度": Per.QUARTER,
    "每月": Per.MONTH,
    "每年": Per.YEAR,
}


@dataclass(frozen=True)
class Target:
    """`kind` is "rate" (per cent) or "count"; `per` is "" for a count without a term."""

    kind: str
    at_least: float
    per: str
    words: str

    def as_data(self) -> dict:
        return asdict(self)


def targets_in(measure: str) -> list[Target]:
    found: list[Target] = []
    per = ""
    for clause in CLAUSES.split(measure):
        words = " ".join(clause.split())
        per = next((p.value for each, p in PERIODS.items() if each in words), per)
        found += _rates(words)
        found += _counts(words, per)
        if "。" in clause:
            per = ""
    return found


def missed_in(measure: str) -> list[str]:
    """The words of a measure that hold a number and were not read as a target."""
    read = {target.words for target in targets_in(measure)}
    clauses = (" ".join(clause.split()) for clause in CLAUSES.split(measure))
    return [words for words in clauses if MEASURED.search(words) and words not in read]


def _rates(words: str) -> list[Target]:
    return [Target("rate", float(match["n"]), "", words) for match in RATE.finditer(words)]


def _counts(words: str, per: str) -> list[Target]:
    asked = [match for match in COUNT.finditer(words) if _asks(words, match)]
    return [Target("count", float(_number(one["n"])), _per_of(one, per), words) for one in asked]


def _asks(words: str, match: re.Match) -> bool:
    """Is it a least number, or one that recurs? “开展1次” alone states no target."""
    least = any(word in match[0] for word in ("不少于", "至少", "不低于"))
    return least or any(each in words for each in PERIODS)


def _per_of(match: re.Match, per: str) -> str:
    return "" if match["unit"] in "名" else per


def _number(text: str) -> int:
    return int(text) if text.isdigit() else NUMERALS[text]

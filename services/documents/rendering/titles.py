"""Titles broken by sense: no word torn, the lines a trapezium or a lozenge (F11)."""

import re
from itertools import pairwise

from pypinyin.seg.mmseg import seg

LONGEST = 19
"""Characters of 22 pt that stand on a line of 156 mm, with a little room."""

# No break within these; the rest is cut into words.
WHOLE = re.compile(
    r"(\d+年第?\d+[次号期届]|第?\d+[年月日次号期届]?|〔\d+〕\d+号|行政(?:复议|诉讼|审判|争议|应诉|处罚|执法|机关)"
    r"|复议|联席会议|人民政府|人民法院|人民检察院|签到表|征集单|联络员|检察建议|司法建议"
    r"|《[^》]{1,12}》|[A-Za-z0-9.]+)"
)
GOOD_START = ("关于",)
NEVER_FIRST, NEVER_LAST = "的、，。；：》）”了", "《（“第"
RATHER_NOT = "和与及或"
PARTICLES = "的等于在对从"
"""Single characters beside which a line may end; two others may be a word that none knows."""


def title_lines(title: str, longest: int = LONGEST) -> list[str]:
    """The lines of a title; a line break that the writer set is kept."""
    return [line for part in title.split("\n") for line in _broken(part.strip(), longest) if line]


def _broken(title: str, longest: int) -> list[str]:
    length = _length(title)
    if length <= longest:
        return [title]
    count = int(-(-length // longest))
    units = _units(title)
    cuts = _best_cuts(units, count, longest)
    bounds = [0, *cuts, len(units)]
    return ["".join(units[a:b]) for a, b in pairwise(bounds)]


def _length(text: str) -> float:
    """Cells: a figure or a Latin letter takes half of one."""
    return sum(0.5 if c.isascii() else 1.0 for c in text)


def _units(title: str) -> list[str]:
    parts = WHOLE.split(title)
    return [
        unit
        for position, part in enumerate(parts)
        for unit in ([part] if position % 2 else seg.cut(part))
        if unit
    ]


def _best_cuts(units: list[str], count: int, longest: int) -> tuple[int, ...]:
    """Where to cut into `count` lines, each short enough, at the lowest cost."""
    share = sum(map(_length, units)) / count
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(0, 0): (0.0, ())}
    for line in range(1, count + 1):
        for start in [at for made, at in best if made == line - 1]:
            cost, cuts = best[line - 1, start]
            length = 0.0
            for end in range(start + 1, len(units) + 1):
                length += _length(units[end - 1])
                if length > longest:
                    break
                total = cost + (length - share) ** 2 + _cost_of_cut(units, end)
                if total < best.get((line, end), (float("inf"), ()))[0]:
                    best[line, end] = (total, (*cuts, end))
    found = best.get((count, len(units)))
    return found[1][:-1] if found else _best_cuts(units, count + 1, longest)


def _cost_of_cut(units: list[str], end: int) -> float:
    if end == len(units):
        return 0.0
    after, before = units[end], units[end - 1]
    if after[0] in NEVER_FIRST or before[-1] in NEVER_LAST or before == "关于":
        return 1000.0
    if after[0] in RATHER_NOT or before[-1] in RATHER_NOT:
        return 60.0
    if len(before) == len(after) == 1 and not {before, after} & set(PARTICLES):
        return 50.0
    return -40.0 if "".join(units[end : end + 2]).startswith(GOOD_START) else 6.0

"""Courts as lines of text: `鄂0503 湖北省宜昌市伍家岗区人民法院 基层 鄂05 420503 待核对`."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields

from django.utils.translation import gettext as _

from cases.models.courts import CourtCode, CourtLevel

LEVELS = {
    "最高": CourtLevel.SUPREME,
    "高级": CourtLevel.HIGH,
    "中级": CourtLevel.INTERMEDIATE,
    "基层": CourtLevel.BASIC,
    "专门": CourtLevel.SPECIAL,
}
WORDS = {str(level): word for word, level in LEVELS.items()}
UNVERIFIED, CLOSED = "待核对", "停用"
CODE = re.compile(r"[一-鿿]{1,4}(?:\d{2}|\d{4})?")
DIVISION = re.compile(r"\d{6}")
LONGEST_NAME = 80


@dataclass(frozen=True)
class CourtLine:
    """A row of the table; `higher` is the code of the higher court, "" for none."""

    code: str
    name: str
    level: str
    higher: str = ""
    division_code: str = ""
    unverified: bool = False
    active: bool = True

    @property
    def line(self) -> str:
        """As it is typed."""
        marks = (UNVERIFIED if self.unverified else "", "" if self.active else CLOSED)
        words = (self.code, self.name, WORDS[self.level], self.higher, self.division_code, *marks)
        return " ".join(filter(None, words))


def line_of(court: CourtCode) -> CourtLine:
    return CourtLine(
        code=court.code,
        name=court.name,
        level=court.level,
        higher=court.higher.code if court.higher else "",
        division_code=court.division_code,
        unverified=court.unverified,
        active=court.active,
    )


class Lines:
    """`rows` of a text and its `problems`, each with the number of its line.

    `known` are the courts of the table: a higher court is one of them, or of the text.
    """

    def __init__(self, text: str, known: Mapping[str, CourtLine]) -> None:
        self.rows: list[CourtLine] = []
        self.problems: list[str] = []
        self.known = known
        typed = [(n, line.split()) for n, line in enumerate(text.splitlines(), 1)]
        named = {words[0] for _n, words in typed if words}
        for number, words in typed:
            if words:
                self._read(number, words, named)

    def _read(self, number: int, words: list[str], named: Collection[str]) -> None:
        row, problem = read_line(words)
        if row is not None:
            problem = self._wrong(row, named)
        if row is None or problem:
            self.problems.append(
                _("Line %(number)d “%(line)s”: %(problem)s")
                % {"number": number, "line": " ".join(words)[:40], "problem": problem}
            )
        else:
            self.rows.append(row)

    def _wrong(self, row: CourtLine, named: Collection[str]) -> str:
        if any(row.code == other.code for other in self.rows):
            return _("%(code)s is named twice.") % {"code": row.code}
        if row.higher == row.code:
            return _("a court is not its own higher court.")
        if row.higher and row.higher not in self.known and row.higher not in named:
            return _("the higher court %(code)s is not in the table.") % {"code": row.higher}
        if (row.level == CourtLevel.SUPREME) == bool(row.higher):
            return _("name the higher court's code; only the supreme court has none.")
        return ""


def read_line(words: list[str]) -> tuple[CourtLine | None, str]:
    """The row, or None and what is wrong."""
    if len(words) < 3 or words[2] not in LEVELS:
        return None, _("write code, name, level (最高, 高级, 中级, 基层, 专门) and higher court.")
    code, name, level, *more = words
    if not CODE.fullmatch(code):
        return None, _(
            "a court code is the character of its province and no, two or four figures."
        )
    if len(name) > LONGEST_NAME:
        return None, _("the name is too long.")
    divisions = [word for word in more if DIVISION.fullmatch(word)]
    marks = [word for word in more if word in (UNVERIFIED, CLOSED)]
    higher = [word for word in more if word not in divisions and word not in marks]
    if len(divisions) > 1 or len(higher) > 1:
        return None, _("there are more words than a line has: “%(words)s”.") % {
            "words": " ".join(higher[1:] or divisions[1:])
        }
    row = CourtLine(
        code=code,
        name=name,
        level=str(LEVELS[level]),
        higher="".join(higher),
        division_code="".join(divisions),
        unverified=UNVERIFIED in marks,
        active=CLOSED not in marks,
    )
    return row, ""


@dataclass(frozen=True)
class Difference:
    """A court that would be added (`before` None) or change; `changed` are its columns."""

    before: CourtLine | None
    after: CourtLine

    @property
    def changed(self) -> tuple[str, ...]:
        return tuple(
            field.name
            for field in fields(CourtLine)
            if self.before is None
            or getattr(self.before, field.name) != getattr(self.after, field.name)
        )


def differences(known: Mapping[str, CourtLine], rows: Iterable[CourtLine]) -> list[Difference]:
    """In the order of the rows; what stays as it is is left out."""
    found = (Difference(known.get(row.code), row) for row in rows)
    return [one for one in found if one.before != one.after]

"""The tasks that the rows of a sheet are: filled down, numbered, with their dues."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from workplans.reading.cells import COLUMNS, Cell, Sheet
from workplans.reading.dues import due_of, milestones_in
from workplans.reading.targets import targets_in
from workplans.reading.units import Directory, Named, nobody
from workplans.states import DueKind

YEAR = re.compile(r"(20\d{2})年")
NUMBER = re.compile(r"\d{1,3}")


@dataclass
class Read:
    """A row as it was read, and as it was corrected since; JSON keeps it.

    `place` is its number in the file, `cells` its texts as they stood; `about` says by the
    field what was not certain there, `notes` all of it.
    """

    place: int
    cells: list[str]
    number: int
    main_task: str
    measure: str
    lead_text: str
    responsible_text: str
    due_text: str
    remark: str = ""
    due_kind: str = ""
    due_on: str = ""
    targets: list[dict] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)
    left_out: bool = False
    corrected: bool = False

    def as_data(self) -> dict:
        return asdict(self)

    @property
    def day(self) -> date | None:
        return date.fromisoformat(self.due_on) if self.due_on else None


def read_rows(sheet: Sheet) -> list[Read]:
    """Rows without a measure are headings or empty; a main task or lead that is left blank
    is that of the row above."""
    found: list[Read] = []
    main_task = lead = ""
    for place, row in sheet.rows:
        texts = {name: _text(row, sheet.columns.get(name)) for name in COLUMNS}
        main_task = _one_line(texts["main_task"]) or main_task
        if not texts["measure"]:
            continue
        about = {}
        if not texts["lead"] and lead:
            about["lead_text"] = _("The lead unit is blank; that of the row above was taken.")
        lead = texts["lead"] or lead
        given = {**texts, "main_task": main_task, "lead": lead}
        found.append(_read(place, row, given, about, len(found) + 1))
    return found


def _read(place: int, row: list[Cell], texts: dict, about: dict[str, str], nth: int) -> Read:
    digits = NUMBER.fullmatch(texts["number"].strip(" .．、"))
    if digits is None:
        said = _("The number “%(n)s” was not understood.") % {"n": texts["number"] or "—"}
        about["number"] = said
    due = due_of(texts["due"])
    about |= {"due_text": due.doubt} if due.doubt else {}
    days = [doubt for _words, _day, doubt in milestones_in(texts["measure"]) if doubt]
    return Read(
        place=place,
        cells=[cell.text for cell in row],
        number=int(digits[0]) if digits else nth,
        main_task=texts["main_task"],
        measure=texts["measure"],
        lead_text=_one_line(texts["lead"]),
        responsible_text=_one_line(texts["responsible"]),
        due_text=_one_line(texts["due"]),
        remark=texts["remark"],
        due_kind=due.kind,
        due_on=due.due_on.isoformat() if due.due_on else "",
        targets=[target.as_data() for target in targets_in(texts["measure"])],
        notes=[*about.values(), *days],
        about=about | ({"measure": " ".join(days)} if days else {}),
    )


def _text(row: list[Cell], place: int | None) -> str:
    return row[place].text.strip() if place is not None and place < len(row) else ""


def _one_line(text: str) -> str:
    return "".join(text.split("\n")).strip()


def year_in(title: str) -> int | None:
    found = YEAR.search(title)
    return int(found[1]) if found else None


@dataclass(frozen=True)
class Line:
    """A row beside what it comes to; `doubts` is what a person should look at, `faults`
    what stands in the way of taking it over."""

    read: Read
    lead: list[Named]
    responsible: list[Named]
    faults: list[str]
    doubts: list[str]

    @property
    def is_sure(self) -> bool:
        return self.read.left_out or not (self.faults or self.doubts)

    @property
    def about(self) -> dict[str, str]:
        """What could not be read for certain, by the name of its field."""
        said = {} if self.read.corrected else dict(self.read.about)
        for name, named in (("lead_text", self.lead), ("responsible_text", self.responsible)):
            unknown = "、".join(dict.fromkeys(one.word for one in named if not one.is_known))
            if unknown:
                said[name] = _("No unit or group is called “%(words)s”.") % {"words": unknown}
        return said

    @property
    def refs(self) -> tuple[list[str], list[str]]:
        return [one.ref for one in self.lead if one.ref], [
            one.ref for one in self.responsible if one.ref
        ]


class Preview:
    """All rows of a reading against the units of a place on a day."""

    def __init__(self, rows: list[dict], words: dict[str, str], directory: Directory) -> None:
        self.rows = [Read(**row) for row in rows]
        self.words, self.directory = words, directory
        self.lines = [self._line(read) for read in self.rows]

    def _line(self, read: Read) -> Line:
        lead = self.directory.read(read.lead_text, self.words)
        responsible = self.directory.read(read.responsible_text, self.words)
        faults = list(self._faults(read, lead, responsible))
        doubts = [] if read.corrected else list(read.notes)
        return Line(read, lead, responsible, faults, [*doubts, *self._empty(lead, responsible)])

    def _faults(self, read: Read, lead: list[Named], responsible: list[Named]) -> Iterator[str]:
        unknown = [one.word for one in (*lead, *responsible) if not one.is_known]
        if unknown:
            message = _("No unit or group is called “%(words)s”.")
            yield message % {"words": "、".join(dict.fromkeys(unknown))}
        if not read.lead_text or not lead:
            yield _("No lead unit is named.")
        if not responsible:
            yield _("No responsible unit is named.")
        if read.due_kind == DueKind.UNREAD:
            yield _("Say by when it is due.")
        others = [one for one in self.rows if one.number == read.number and not one.left_out]
        if not read.left_out and len(others) > 1:
            yield _("Two tasks have the number %(n)d.") % {"n": read.number}

    def _empty(self, lead: list[Named], responsible: list[Named]) -> list[str]:
        refs = [one.ref for one in (*lead, *responsible) if one.ref]
        empty = list(dict.fromkeys(self.directory.empty_in(refs)))
        return [nobody(empty, self.directory.on)] if empty else []

    @property
    def taken(self) -> list[Line]:
        return [line for line in self.lines if not line.read.left_out]

    @property
    def unknown(self) -> list[str]:
        """The words that name nobody known, each once."""
        named = (one for line in self.taken for one in (*line.lead, *line.responsible))
        return list(dict.fromkeys(one.word for one in named if not one.is_known))

    @property
    def main_tasks(self) -> list[str]:
        """Each heading once, however often it is repeated over pages."""
        return list(dict.fromkeys(line.read.main_task for line in self.taken))

    @property
    def unsure(self) -> list[Line]:
        return [line for line in self.taken if not line.is_sure]

    @property
    def faulty(self) -> list[Line]:
        return [line for line in self.taken if line.faults]

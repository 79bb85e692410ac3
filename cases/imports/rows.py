"""A row of a file as a draft of a dispute, and what is wrong in it by its columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from cases.actions.disputes import DisputeWords, PartyWords
from cases.actions.steps import before_opening
from cases.drafts import CLAIMANTS, Course, Draft, Fault, Taken, Who
from cases.flow.table import Step, Table, table_of
from cases.identity import birth_of, code_fault, district_of, gender_of, usual
from cases.imports.fields import CLOSE, StepOf
from cases.imports.mapping import Columns
from cases.imports.values import Reader, Unfit
from cases.states import PartyKind, Source
from members.models import Organization
from services.documents.numbers import normalized

WHY = "批量导入"
"""Why what is imported is recorded only now, where the row says nothing else."""
WORDS_OF = {
    "filed_on": "received_on",
    "parties": "party",
    "name": "party",
    "shown_name": "party",
    "claimants": "party",
    "agencies": "agency",
    "ground_of_loss": "loss",
    "late": "reason",
}
"""The field of a file for what a rule calls otherwise."""


@dataclass(frozen=True)
class Wrong:
    """One fault of a row: under which head, and what is wrong."""

    head: str
    message: str


@dataclass
class Read:
    """`given` are the values of a row by field, `unread` the fields whose cell says nothing
    that could be read; `draft` is what becomes of the row, if it has what is needed."""

    given: dict[str, Any] = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)
    draft: Draft | None = None
    unread: set[str] = field(default_factory=set)


class Rows:
    """Reads the rows of one import, for the organ whose procedures they are."""

    def __init__(self, columns: Columns, organ: Organization, reader: Reader) -> None:
        self.columns, self.organ, self.reader = columns, organ, reader
        self.sheet = columns.sheet
        self.table: Table = table_of(columns.kind)

    def read(self, row: Mapping[str, str]) -> Read:
        found = Read()
        for one in self.sheet.fields:
            text = self.columns.cell(one.key, row)
            if not text:
                if one.needed:
                    found.wrong.append(self._wrong(one.key, _("This must be filled in.")))
                continue
            try:
                found.given[one.key] = self.reader.read(one, text)
            except Unfit as unfit:
                found.wrong.append(self._wrong(one.key, str(unfit)))
                found.unread.add(one.key)
        self._compare(found)
        if not any(one.key not in found.given for one in self.sheet.fields if one.needed):
            found.draft = self.draft(found)
        return found

    def _wrong(self, name: str, message: str) -> Wrong:
        return Wrong(self.columns.head(name), message)

    def _compare(self, found: Read) -> None:
        """What only two columns together can tell."""
        given = found.given
        fault = code_fault(
            given.get("party_kind", ""), given.get("id_number", ""), on=self.reader.today
        )
        if fault and "party_kind" in given:
            found.wrong.append(self._wrong("id_number", fault))
        act_on, known_on = given.get("act_on"), given.get("known_on")
        if act_on and known_on and known_on < act_on:
            message = _("Nobody knows of an act before it is done.")
            found.wrong.append(self._wrong("known_on", message))
        filled = given.keys() | found.unread
        if ("mode" in filled) != ("closed_on" in filled):
            missing = "closed_on" if "mode" in filled else "mode"
            message = _("How it was closed and on which day belong together.")
            found.wrong.append(self._wrong(missing, message))
        self._compare_days(found)

    def _compare_days(self, found: Read) -> None:
        """As `cases.actions.steps.check_day` says it, also of steps that cannot be tried."""
        first = found.given.get("received_on")
        for name in dict.fromkeys(one.day for one in self.sheet.steps):
            day = found.given.get(name)
            if first and day and day < first:
                found.wrong.append(self._wrong(name, before_opening(first)))

    def draft(self, found: Read) -> Draft:
        """Of a row that has what is needed."""
        given: dict[str, Any] = found.given
        words = DisputeWords(
            registered_by=self.organ,
            agency=given["agency"],
            source=given.get("source", Source.IMPORT),
            area=given["area"],
            act_kind=given["act_kind"],
            act=given["act"],
            parties=list(_parties(given)),
            filed_on=given["received_on"],
            act_number=normalized(given["act_number"]) if given.get("act_number") else "",
            **{name: given[name] for name in ("act_on", "known_on") if name in given},
            claims=given.get("claims", ""),
            enterprise=given.get("enterprise", False),
            flags=["enterprise"] if given.get("enterprise") else [],
        )
        return Draft(words, [self._course(found)])

    def _course(self, found: Read) -> Course:
        given = found.given
        opening = {ask: given[name] for ask, name in self.sheet.opens.items() if name in given}
        opening.setdefault("source", str(Source.IMPORT))
        steps = list(self._steps(found))
        why = given.get("reason", WHY)
        return Course(
            self.columns.kind, self.organ, given["received_on"], steps, opening, late=why
        )

    def _steps(self, found: Read) -> Iterator[Taken]:
        """In the order of the sheet, as far as it can be read: what follows an unreadable
        step would only seem to be wrong."""
        taken: list[str] = []
        for one in self.sheet.steps:
            day = found.given.get(one.day)
            if one.day in found.unread or (one.step == CLOSE and self._half_closed(found)):
                return
            if day is None:
                continue
            step = self._step(one, found.given, taken)
            if step is None:
                continue
            taken.append(step.key)
            for who in self._whom(one, found.given):
                why = found.given.get("reason", WHY)
                yield Taken(step.key, day, self._answers(one, step, found.given) | who, why)

    def _half_closed(self, found: Read) -> bool:
        return ("mode" in found.given) != ("closed_on" in found.given) or "mode" in found.unread

    def _step(self, one: StepOf, given: Mapping[str, Any], taken: Sequence[str]) -> Step | None:
        if one.step == CLOSE:
            return closing_step(self.table, given["mode"], taken)
        return self.table.steps[one.step]

    def _whom(self, one: StepOf, given: Mapping[str, Any]) -> list[dict[str, Who]]:
        ask, side = one.names
        if not ask:
            return [{}]
        many = 1 + len(given.get("others", ())) if side == CLAIMANTS else 1
        return [{ask: Who(side, n)} for n in range(many)]

    def _answers(self, one: StepOf, step: Step, given: Mapping[str, Any]) -> dict[str, Any]:
        if one.step != CLOSE:
            found = {ask: given[name] for ask, name in one.given.items() if name in given}
            return found | self._reason(step, given)
        answers = {
            "mode": given["mode"],
            "ground_of_loss": given.get("loss"),
            "performance_due": given.get("performance_due"),
        }
        asked = {ask: answers[ask] for ask in answers if ask in step.asks and answers[ask]}
        return asked | self._reason(step, given)

    def _reason(self, step: Step, given: Mapping[str, Any]) -> dict[str, Any]:
        asked = "reason" in step.asks and "reason" in given
        return {"reason": given["reason"]} if asked else {}

    def wrong_in(self, found: Read, fault: Fault) -> Wrong:
        """A rule that was broken, told at the column where it is to be put right."""
        name = WORDS_OF.get(fault.field, fault.field)
        if name == "on" or (not name and fault.step):
            name = self._day_of(found, fault)
        if name == "reason" and "reason" not in self.sheet.by_key:
            name = self._day_of(found, fault)
        return self._wrong(name if name in self.sheet.by_key else "", fault.message)

    def _day_of(self, found: Read, fault: Fault) -> str:
        days = [one.day for one in self.sheet.steps if one.step == fault.step]
        if not days and fault.step in self.table.steps and self.table.steps[fault.step].closes:
            return "closed_on"
        return next((day for day in days if day in found.given), "received_on")


def closing_step(table: Table, mode: str, taken: Sequence[str]) -> Step | None:
    """The step by which a procedure, after the steps `taken`, is closed by `mode`."""
    state = table.first
    for key in taken:
        step = table.steps[key]
        state = step.target if step.target and state not in step.stays else state
    ways = [one for one in table.steps.values() if one.closes and one.by]
    ways = [one for one in ways if mode in {known.key for known in table.modes_of(one)}]
    fitting = [one for one in ways if state in one.sources]
    return next(iter(fitting or ways), None)


def _parties(given: Mapping[str, Any]) -> Iterator[PartyWords]:
    kind, number = given["party_kind"], usual(given.get("id_number", ""))
    natural = kind == PartyKind.NATURAL
    born = birth_of(number) if natural else None
    yield PartyWords(
        kind=kind,
        name=given["party"],
        id_number=number,
        gender=gender_of(number) if natural else "",
        born_on=born.isoformat() if born else "",
        phone=given.get("phone", ""),
        address=given.get("address", ""),
        district=district_of(given.get("address", "")),
    )
    for name in given.get("others", ()):
        yield PartyWords(kind=PartyKind.NATURAL, name=name)

"""What a file of disputes would become, and everything that is wrong in it at once."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from cases.actions.bulk.building import Building
from cases.actions.bulk.session import Session
from cases.actions.disputes import digest_of, shown_name
from cases.alike import MONTHS
from cases.drafts import Draft
from cases.imports.aside import put_aside
from cases.imports.mapping import Columns
from cases.imports.rows import Read, Rows, Wrong
from cases.imports.values import Reader, key_of
from cases.models import Dispute, Import, Party, Procedure
from cases.numbers.parsing import parse_number
from foundations.calendars.periods import add_months
from members.models import Organization

SHOWN = 8
AT_ONCE = 500
Cells = dict[str, str]
Step = Callable[[int], None]


@dataclass
class Findings:
    """`faults` are (row, head, message); `known` and `unsure` (row, what it is known as);
    `preview` the first rows as a page may show them, without names."""

    faults: list[tuple[int, str, str]] = field(default_factory=list)
    known: list[tuple[int, str]] = field(default_factory=list)
    unsure: list[tuple[int, str]] = field(default_factory=list)
    preview: list[dict[str, str]] = field(default_factory=list)
    made: int = 0

    def as_text(self) -> str:
        return json.dumps(vars(self), ensure_ascii=False)

    @classmethod
    def of(cls, row: Import) -> "Findings":
        return cls(**json.loads(row.findings)) if row.findings else cls()


@dataclass(frozen=True)
class Sheeted:
    """The rows of an import as they were uploaded."""

    heads: list[str]
    rows: list[list[str]]
    first: int

    @classmethod
    def of(cls, row: Import) -> "Sheeted":
        return cls(**json.loads(row.content))

    def __iter__(self) -> Iterator[tuple[int, Cells]]:
        """The filled rows with their number in the file."""
        for place, cells in enumerate(self.rows):
            if any(cells):
                yield self.first + place, dict(zip(self.heads, cells, strict=False))


class Checking:
    """One import against what the portal has today."""

    def __init__(self, row: Import, session: Session) -> None:
        self.row, self.session = row, session
        self.columns = Columns(row.kind, row.mapping_name, row.columns, row.values, row.constants)
        self.organ = row.organization
        reader = Reader(_units(row), session.day_of())
        self.reading = Rows(self.columns, self.organ, reader)
        self.table = Sheeted.of(row)

    def findings(self, tell: Step) -> Findings:
        """Judged row by row; `tell` is called with how many were."""
        found = Findings()
        read = [(number, self.reading.read(cells)) for number, cells in self.table]
        known = Known(self, [one for _number, one in read])
        for place, (number, one) in enumerate(read, start=1):
            self._judge(number, one, known, found)
            if place % 50 == 0:
                tell(place)
        return found

    def _judge(self, number: int, one: Read, known: "Known", found: Findings) -> None:
        earlier = known.written_as(one)
        if earlier:
            found.known.append((number, earlier))
            return
        wrong = one.wrong + known.repeated(number, one)
        if one.draft is not None:
            building = Building(self.session, one.draft)
            wrong += [self.reading.wrong_in(one, fault) for fault in building.faults]
        if wrong or one.draft is None:
            wrong += self._wrong_besides(one, wrong)
            found.faults += [(number, head, text) for head, text in _once(wrong)]
            return
        found.made += 1
        if alike := known.alike(one.draft):
            found.unsure.append((number, alike))
        if len(found.preview) < SHOWN:
            found.preview.append(_shown(number, one.draft, building))

    def _wrong_besides(self, one: Read, wrong: Sequence[Wrong]) -> list[Wrong]:
        """What only shows once something possible stands where a fault is."""
        found: list[Wrong] = []
        heads = {fault.head for fault in wrong}
        while True:
            aside = put_aside(self.reading, one, heads)
            building = Building(self.session, self.reading.draft(aside))
            told = [self.reading.wrong_in(aside, fault) for fault in building.faults]
            more = [fault for fault in told if fault.head not in heads]
            if not more:
                return found
            found += more
            heads |= {fault.head for fault in more}

    def buildings(self) -> Iterator[Building]:
        """What is to be written, in the order of the file; what is known already is not."""
        for batch in _batches(self.table):
            read = [(number, self.reading.read(cells)) for number, cells in batch]
            known = Known(self, [one for _number, one in read])
            for _number, one in read:
                if one.draft is not None and not known.written_as(one):
                    yield Building(self.session, one.draft)


class Known:
    """What the portal has of some rows, asked at once."""

    def __init__(self, checking: Checking, read: list[Read]) -> None:
        self.checking = checking
        self.seen: dict[str, int] = {}
        self.numbers = self._numbers(read)
        self.disputes = self._disputes([one.draft for one in read if one.draft])

    def _key(self, one: Read) -> str:
        typed = one.given.get("number", "")
        if not typed:
            return ""
        session = self.checking.session
        on = one.given.get("accepted_on") or session.day_of()
        number = parse_number(typed, session.courts, on=on).normalized or typed
        return "".join(sign for sign in number if sign.isalnum())

    def _numbers(self, read: list[Read]) -> dict[str, str]:
        keys = sorted({key for one in read if (key := self._key(one))})
        found: dict[str, str] = {}
        for start in range(0, len(keys), AT_ONCE):
            rows = Procedure.objects.filter(
                organ=self.checking.organ, number_key__in=keys[start : start + AT_ONCE]
            )
            found |= dict(rows.values_list("number_key", "number"))
        return found

    def _disputes(self, drafts: list[Draft]) -> dict[tuple[str, int], list[Dispute]]:
        """The disputes of a year by the party's digest and the agency."""
        digests = sorted({digest_of(one.words.parties[0].name) for one in drafts})
        found: dict[tuple[str, int], list[Dispute]] = {}
        jurisdiction = self.checking.session.jurisdiction
        for start in range(0, len(digests), AT_ONCE):
            some = Q(name_digest__in=digests[start : start + AT_ONCE])
            rows = Party.objects.filter(some, dispute__jurisdiction=jurisdiction)
            for party in rows.select_related("dispute").defer("name", "id_number"):
                key = (party.name_digest, party.dispute.agency_id)
                found.setdefault(key, []).append(party.dispute)
        return found

    def _near(self, draft: Draft) -> list[Dispute]:
        words = draft.words
        found = self.disputes.get((digest_of(words.parties[0].name), words.agency.pk), [])
        first = add_months(words.filed_on, -MONTHS)
        return [one for one in found if first <= one.filed_on <= words.filed_on]

    def written_as(self, one: Read) -> str:
        """The number, or the register number, by which the row is there already."""
        key = self._key(one)
        if key:
            return self.numbers.get(key, "")
        words = one.draft.words if one.draft else None
        same = [
            dispute
            for dispute in (self._near(one.draft) if one.draft else ())
            if words and (dispute.filed_on, dispute.act) == (words.filed_on, words.act)
        ]
        return same[0].number or same[0].title if same else ""

    def repeated(self, number: int, one: Read) -> list[Wrong]:
        key = self._key(one)
        if not key:
            return []
        first = self.seen.setdefault(key, number)
        if first == number:
            return []
        message = _("Row %(row)d has the same case number.") % {"row": first}
        return [Wrong(self.checking.columns.head("number"), message)]

    def alike(self, draft: Draft) -> str:
        """Another dispute of the same party with the same agency within a year."""
        found = self._near(draft)
        return (found[0].number or found[0].title) if found else ""


def _units(row: Import) -> dict[str, Organization]:
    """By any of its names; the units that hold today win over those that ceased, and names
    of their own over the other names of others."""
    rows = Organization.objects.filter(jurisdiction=row.mechanism.jurisdiction_id)
    near = rows.select_related("parent").order_by("valid_to", "pk")
    found: dict[str, Organization] = {}
    ordered = sorted(near, key=lambda one: one.valid_to or date.max)
    for unit in ordered:
        found[key_of(unit.name)] = found[key_of(unit.short_name)] = unit
    for unit in reversed(ordered):
        for name in unit.aliases:
            found.setdefault(key_of(name), unit)
    return found


def _once(wrong: list[Wrong]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((one.head, one.message) for one in wrong))


def _batches(table: Sheeted) -> Iterator[list[tuple[int, Cells]]]:
    batch: list[tuple[int, Cells]] = []
    for one in table:
        batch.append(one)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _shown(number: int, draft: Draft, building: Building) -> dict[str, Any]:
    """A row as a page shows it: no natural person by name (P3)."""
    procedure = building.procedures.rows[-1]
    first = draft.words.parties[0]
    return {
        "row": str(number),
        "party": shown_name(first.kind, first.name),
        "title": building.dispute.title,
        "number": procedure.number,
        "filed_on": draft.words.filed_on.isoformat(),
        "state": procedure.standing.name,
        "mode": procedure.outcome.name if procedure.outcome else "",
        "events": str(len(procedure.events.all())),
    }

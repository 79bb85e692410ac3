"""Made-up letters of advice of the demo's city over three years, as rows: issued, served,
answered in time or late, carried out and verified, or not."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from cases.actions.bulk.session import Session
from cases.actions.bulk.writing import about, insert
from demo.disputes.bulk.limits import Limits
from demo.disputes.cast import Cast, gather
from foundations.calendars.periods import add_months
from mechanisms.models import Mechanism
from members.models import Organization
from members.states import OrganizationKind as Unit
from services.deadlines.models import Deadline
from suggestions.models import Access, Addressee, Copy, Problem, Reply, Suggestion
from suggestions.models.addressees import RECTIFY
from suggestions.states import (
    AddresseeState,
    Attitude,
    Effect,
    Form,
    Kind,
    LetterState,
    ServiceMode,
)

A = AddresseeState
YEARS, BATCH = 3, 500
ADVISED = (Unit.AGENCY, Unit.TOWNSHIP)
WRITTEN = {
    (Kind.JUDICIAL, Form.INDIVIDUAL, "court"): 45,
    (Kind.JUDICIAL, Form.CLASS, "court"): 20,
    (Kind.PROCURATORIAL, Form.GENERAL, "procuratorate"): 15,
    (Kind.PROCURATORIAL, Form.PUBLIC_INTEREST, "procuratorate"): 12,
    (Kind.PROCURATORIAL, Form.URGENT, "procuratorate"): 3,
    (Kind.RECONSIDERATION_SUGGESTION, Form.CLASS, "justice"): 5,
}
"""Of a hundred letters, by what they are and who writes them."""
SAID = {
    Attitude.ACCEPTED: 70,
    Attitude.PARTLY: 18,
    Attitude.NOT_ACCEPTED: 8,
    Attitude.OBJECTION: 4,
}
COPIED_TO = "justice"
AREAS = ("行政处罚程序", "不动产登记", "工伤认定", "征收补偿", "政府信息公开", "市场监管")


@dataclass
class Letter:
    """One letter with all rows that hang on it."""

    row: Suggestion
    limits: Limits
    copies: list[Copy]
    access: list[Access]
    problems: list[Problem]
    addressees: list[Addressee] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)


def fill_letters(mechanism: Mechanism, size: int, *, today: date) -> None:
    """The same letters for the same day."""
    session = Session(mechanism, actor=None, at=timezone.now())
    made: list[Letter] = []
    for one in _letters(gather(mechanism, today=today), session, size):
        made.append(one)
        if len(made) == BATCH:
            _store(made)
            made = []
    _store(made)


def _letters(cast: Cast, session: Session, size: int) -> Iterator[Letter]:
    first = add_months(cast.today, -12 * YEARS)
    days = (cast.today - first).days
    advised = [unit for unit in cast.units.values() if unit.kind in ADVISED]
    for n in range(size):
        rng = Random(f"建议{n}")  # noqa: S311 - made up
        issued_on = cast.calendar.previous_workday(first + timedelta(days=n * days // size))
        yield _Told(cast, rng, session, n, issued_on).letter(advised)


class _Told:
    """How one letter went."""

    def __init__(self, cast: Cast, rng: Random, session: Session, n: int, issued_on: date) -> None:
        self.cast, self.rng, self.session = cast, rng, session
        self.n, self.issued_on = n, issued_on

    def letter(self, advised: list[Organization]) -> Letter:
        kind, form, key = self.rng.choices(list(WRITTEN), list(WRITTEN.values()))[0]
        issuer = self.cast.units[key]
        row = Suggestion(
            jurisdiction=self.cast.mechanism.jurisdiction,
            mechanism=self.cast.mechanism,
            kind=kind,
            form=form,
            issuer=issuer,
            handler=self.cast.writer(issuer),
            title=f"关于规范{self.rng.choice(AREAS)}的建议之{self.n + 1}",
            number=f"试建〔{self.issued_on.year}〕{self.n + 1}号",
            area=self.rng.choice(AREAS),
            state=LetterState.ISSUED,
            issued_on=self.issued_on,
            issued_at=timezone.now(),
        )
        units = self.rng.sample(advised, 1 if self.rng.random() < 0.8 else 2)
        told = self.cast.units[COPIED_TO]
        found = Letter(
            row,
            Limits(self.session),
            [Copy(suggestion=row, organization=told, sent_on=self.issued_on)],
            [
                Access(suggestion=row, organization=one)
                for one in dict.fromkeys((issuer, told, *units))
            ],
            [Problem(suggestion=row, order=1, text="程序不规范。", advice="规范程序。")],
        )
        for order, unit in enumerate(units):
            self._advise(found, unit, order)
        return found

    def _advise(self, letter: Letter, unit: Organization, order: int) -> None:
        one = Addressee(suggestion=letter.row, organization=unit, order=order, state=A.SENT)
        letter.addressees.append(one)
        served_on = self._later(self.issued_on, 0, 6)
        if self.rng.random() < 0.02:
            one.state, one.closed_on = A.WITHDRAWN, self.issued_on
        elif served_on <= self.cast.today:
            self._serve(letter, one, served_on)

    def _serve(self, letter: Letter, one: Addressee, on: date) -> None:
        one.state, one.served_on, one.service_mode = A.SERVED, on, ServiceMode.PORTAL
        rule, title = letter.row.reply_rule, letter.row.title
        letter.limits.open_by_rule(one, rule, title=title, owed_by=one.organization, trigger_on=on)
        opened = letter.limits.of(one, rule)
        one.reply_due_on = opened[0].row.due_on if opened else None
        until = one.reply_due_on or self._later(on, 30, 60)
        days = max((until - on).days, 1)
        took = self.rng.randint(1, days) if self.rng.random() < 0.85 else days + 20
        replied_on = self._later(on, took, took)
        if self.rng.random() < 0.95 and replied_on <= self.cast.today:
            letter.limits.meet(one, rule, replied_on)
            self._reply(letter, one, replied_on)

    def _reply(self, letter: Letter, one: Addressee, on: date) -> None:
        one.attitude = self.rng.choices(list(SAID), list(SAID.values()))[0]
        one.replied_on = on
        one.reply_late = one.reply_due_on is not None and on > one.reply_due_on
        letter.replies.append(
            Reply(addressee=one, attitude=one.attitude, received_on=on, posted_on=on)
        )
        if one.attitude == Attitude.OBJECTION:
            one.state = A.OBJECTED
        elif one.attitude == Attitude.NOT_ACCEPTED:
            one.state, one.closed_on = A.CLOSED, on
        else:
            self._rectify(letter, one, on)

    def _rectify(self, letter: Letter, one: Addressee, on: date) -> None:
        due_on = self._later(on, 60, 90)
        one.state, one.rectify_due_on = A.RECTIFYING, due_on
        letter.limits.open(
            one,
            RECTIFY,
            title=letter.row.title,
            owed_by=one.organization,
            trigger_on=on,
            due_on=due_on,
        )
        done_on = self._later(on, 20, 100)
        verified_on = self._later(done_on, 3, 15)
        if self.rng.random() > 0.85 or done_on > self.cast.today:
            return
        letter.limits.meet(one, RECTIFY, done_on)
        one.state, one.rectified_on = A.TO_VERIFY, done_on
        if verified_on <= self.cast.today:
            one.state, one.verified_on, one.closed_on = A.CLOSED, verified_on, verified_on
            one.effect = Effect.EFFECTIVE

    def _later(self, day: date, least: int, most: int) -> date:
        return self.cast.workday(day + timedelta(days=self.rng.randint(least, most)))


@transaction.atomic
def _store(made: list[Letter]) -> None:
    insert(Suggestion, (one.row for one in made))
    for model, name in {
        Copy: "copies",
        Access: "access",
        Problem: "problems",
        Addressee: "addressees",
        Reply: "replies",
    }.items():
        insert(model, (row for one in made for row in getattr(one, name)))
    opened = (limit for one in made for limit in one.limits.all)
    insert(Deadline, (about(limit.row, limit.subject) for limit in opened))

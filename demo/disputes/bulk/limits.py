"""The limits of one dispute in memory: what `services.deadlines.actions` does to rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from cases.actions.bulk.session import Session
from foundations.access.rows import Record
from foundations.calendars.periods import Length, Reckoning, in_time, reckon, reckon_back
from members.models import Organization, User
from services.deadlines.counting import counted_with, days_between
from services.deadlines.models import Deadline, DeadlineState, Extension, Pause
from services.deadlines.reckoning import Case

LIVE = (DeadlineState.OPEN, DeadlineState.SUSPENDED)
ONE_DAY = timedelta(days=1)


@dataclass
class Limit:
    """A limit with what its row keeps in rows of their own; `subject` may have no key yet."""

    subject: Record
    row: Deadline
    pauses: list[Pause] = field(default_factory=list)
    extensions: list[Extension] = field(default_factory=list)

    @property
    def running(self) -> Pause | None:
        return next((one for one in self.pauses if one.last_on is None), None)


class Limits:
    """All limits of one dispute, in the order in which they were opened."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.all: list[Limit] = []

    def live(
        self, subject: Record, rule: str, owed_by: Organization | None = None
    ) -> Iterator[Limit]:
        for one in self.all:
            own = owed_by is None or one.row.owed_by_id == owed_by.pk
            same = one.subject is subject and one.row.rule == rule
            if own and same and one.row.state in LIVE:
                yield one

    def of(self, subject: Record, *rules: str) -> list[Limit]:
        return [one for one in self.all if one.subject is subject and one.row.rule in rules]

    def open(
        self,
        subject: Record,
        rule: str,
        *,
        title: str,
        owed_by: Organization,
        trigger_on: date,
        due_on: date,
        nominal_on: date | None = None,
        steps: Any = (),
        basis: str = "",
        handler: User | None = None,
        provisional: bool = False,
        length: Length | None = None,
        before: bool = False,
        own_length: bool = False,
        window: bool = False,
        calendar: str = "",
    ) -> None:
        known = next(self.live(subject, rule, owed_by), None)
        row = known.row if known else Deadline(rule=rule, owed_by=owed_by)
        given = {
            "title": title[:200],
            "jurisdiction": self.session.jurisdiction,
            "mechanism": self.session.mechanism,
            "trigger_on": trigger_on,
            "due_on": due_on,
            "nominal_on": nominal_on or due_on,
            "steps": list(steps),
            "basis": basis,
            "handler": handler,
            "provisional": provisional,
            "length": length,
            "before": before,
            "own_length": own_length,
            "window": window,
            "counted_with": counted_with(calendar) if calendar else "",
        }
        for name, value in given.items():
            setattr(row, name, value)
        if known is None:
            self.all.append(Limit(subject, row))
        elif known.pauses or known.extensions:
            self._recount(known)

    def open_by_rule(
        self,
        subject: Record,
        rule: str,
        *,
        title: str,
        owed_by: Organization,
        trigger_on: date,
        length: int | None = None,
        handler: User | None = None,
        window: bool = False,
        law_of: date | None = None,
    ) -> None:
        found = self.session.answer(rule, Case(trigger_on, length=length, law_of=law_of))
        if found.reckoning is None:
            return
        self.open(
            subject,
            rule,
            title=title,
            owed_by=owed_by,
            basis=found.rule.cited[:200],
            handler=handler,
            own_length=length is not None or found.case.law_of is not None,
            window=window,
            **found.reckoning.limits,
        )

    def meet(
        self, subject: Record, rule: str, on: date, owed_by: Organization | None = None
    ) -> None:
        for one in list(self.live(subject, rule, owed_by)):
            done = _stands_still(one, on) or in_time(one.row.due_on, received_on=on)
            _close(one, DeadlineState.MET if done else DeadlineState.MET_LATE, on)

    def cancel(
        self, subject: Record, rule: str, on: date, owed_by: Organization | None = None
    ) -> None:
        for one in list(self.live(subject, rule, owed_by)):
            if one.row.window and one.row.due_on < on and not _stands_still(one, on):
                _close(one, DeadlineState.LAPSED, one.row.due_on)
            else:
                _close(one, DeadlineState.CANCELLED, on)

    def suspend(self, subject: Record, rule: str, on: date, reason: str) -> None:
        for one in self.live(subject, rule):
            if one.row.state == DeadlineState.OPEN:
                _keep_length(one.row)
                one.row.state = DeadlineState.SUSPENDED
                one.pauses.append(Pause(deadline=one.row, first_on=on, reason=reason[:200]))

    def resume(self, subject: Record, rule: str, on: date) -> None:
        for one in self.live(subject, rule):
            pause = one.running
            if one.row.state != DeadlineState.SUSPENDED or pause is None:
                continue
            if on == pause.first_on:
                one.pauses.remove(pause)
            else:
                pause.last_on = on - ONE_DAY
            _keep_length(one.row)
            one.row.state = DeadlineState.OPEN
            self._recount(one)

    def extend(self, subject: Record, rule: str, by: Length | date, reason: str) -> None:
        for one in self.live(subject, rule):
            _keep_length(one.row)
            longer = Extension(deadline=one.row, reason=reason[:200])
            if isinstance(by, Length):
                longer.length_n, longer.length_unit = by.n, str(by.unit)
            else:
                longer.until_on = by
            one.extensions.append(longer)
            self._recount(one)

    def lapse(self, on: date) -> None:
        """What `lapse_windows` does every night."""
        for one in self.all:
            row = one.row
            if row.state == DeadlineState.OPEN and row.window and row.due_on < on:
                _close(one, DeadlineState.LAPSED, row.due_on)

    def _recount(self, one: Limit) -> None:
        row, found = one.row, self._count(one)
        _calendar, _plus, law = row.counted_with.partition("+")
        row.nominal_on, row.due_on = found.nominal_on, found.due_on
        row.steps, row.provisional = list(found.steps), found.provisional
        row.counted_with = counted_with(found.calendar, law)

    def _count(self, one: Limit) -> Reckoning:
        row, calendar = one.row, self.session.calendar
        length = row.length or days_between(row.trigger_on, row.nominal_on)
        if row.before:
            return reckon_back(row.trigger_on, length.n, length.unit, calendar)
        return reckon(
            row.trigger_on,
            length.n,
            length.unit,
            calendar,
            pauses=[pause.span for pause in one.pauses if pause.last_on],
            extensions=[extension.by for extension in one.extensions],
        )


def _keep_length(row: Deadline) -> None:
    if row.length is None:
        row.length = days_between(row.trigger_on, row.nominal_on)
        row.own_length = True


def _stands_still(one: Limit, on: date) -> bool:
    pause = one.running
    return pause is not None and pause.first_on <= on


def _close(one: Limit, state: DeadlineState, on: date) -> None:
    one.row.state, one.row.closed_on = state, on
    pause = one.running
    if pause is not None and pause.first_on > on:
        one.pauses.remove(pause)
    elif pause is not None:
        pause.last_on = on

"""The limits of rows that are not written yet: as `cases.actions.clocks` and the actions of
`services.deadlines` treat those that are."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from cases.actions.bulk.held import Rows, hold
from cases.actions.bulk.session import Session
from cases.actions.clocks import applies, done_by, limits_to_open
from cases.flow.table import Step
from cases.models import Procedure
from foundations.access.rows import Record
from foundations.calendars.periods import in_time
from members.models import Organization
from services.deadlines.actions.rows import LIVE
from services.deadlines.counting import counted_with
from services.deadlines.models import Deadline, DeadlineState
from services.deadlines.reckoning import Case

Facts = Mapping[str, Any]
Note = Callable[..., None]


class Clocks:
    """The limits of one dispute; `opened` are all that it has, with what each is about."""

    def __init__(self, session: Session, note: Note) -> None:
        self.session = session
        self.note = note
        self.opened: list[tuple[Deadline, Record]] = []

    def run(self, procedure: Procedure, step: Step, *, on: date, facts: Facts) -> None:
        for rule in step.meets:
            for subject, owed_by in done_by(procedure, step, facts):
                self.meet(subject, rule, on=on, owed_by=owed_by)
        for subject in (procedure, *procedure.participants.all()):
            for rule in step.cancels:
                self.cancel(subject, rule, on=on)
            require_unmoved(subject, step)
        for clock in (*step.opens, *step.reopens):
            if not applies(clock, procedure, facts, on):
                continue
            for subject, limit in limits_to_open(procedure, clock, on, facts):
                begin = self.open if "due_on" in limit else self.open_by_rule
                begin(subject, clock.rule, **limit)

    def open_by_rule(
        self,
        subject: Record,
        rule: str,
        *,
        trigger_on: date,
        length: int | None = None,
        law_of: date | None = None,
        **shared: Any,
    ) -> None:
        found = self.session.answer(rule, Case(trigger_on, length=length, law_of=law_of))
        if found.reckoning is None:
            return
        given = shared | found.reckoning.limits
        basis = found.rule.cited[:200]
        own_length = length is not None or found.case.law_of is not None
        self.open(subject, rule, basis=basis, own_length=own_length, **given)

    def open(
        self,
        subject: Record,
        rule: str,
        *,
        owed_by: Organization,
        due_on: date,
        nominal_on: date | None = None,
        calendar: str = "",
        title: str,
        **given: Any,
    ) -> None:
        """As `services.deadlines.actions.open_deadline`; an open one is updated."""
        given |= {
            "title": title[:200],
            "due_on": due_on,
            "nominal_on": nominal_on or due_on,
            "counted_with": counted_with(calendar) if calendar else "",
            "jurisdiction": self.session.jurisdiction,
            "mechanism": self.session.mechanism,
        }
        given["length"] = given.get("length")
        found = next(iter(self._live(subject, rule, owed_by)), None)
        if found is not None:
            self._change(found, given)
            return
        deadline = Deadline(rule=rule, owed_by=owed_by, version=1, **given)
        hold(deadline, pauses=Rows(Deadline), extensions=Rows(Deadline))
        subject.__dict__["held_limits"].add(deadline)
        self.opened.append((deadline, subject))
        self.note("deadlines.deadline.opened", deadline, rule=rule, due_on=str(due_on))

    def _change(self, deadline: Deadline, given: dict[str, Any]) -> None:
        before = str(deadline.due_on)
        changed = [name for name, value in given.items() if getattr(deadline, name) != value]
        if not changed:
            return
        for name in changed:
            setattr(deadline, name, given[name])
        told = {"changed": changed, "before": before, "due_on": str(deadline.due_on)}
        self.note("deadlines.deadline.changed", deadline, **told)

    def meet(
        self, subject: Record, rule: str, *, on: date, owed_by: Organization | None = None
    ) -> None:
        for deadline in self._live(subject, rule, owed_by):
            done = in_time(deadline.due_on, received_on=on)
            deadline.state = DeadlineState.MET if done else DeadlineState.MET_LATE
            deadline.closed_on = on
            self.note("deadlines.deadline.met", deadline, on=str(on), late=not done)

    def cancel(self, subject: Record, rule: str, *, on: date) -> None:
        for deadline in self._live(subject, rule):
            lapsed = deadline.window and deadline.due_on < on
            deadline.state = DeadlineState.LAPSED if lapsed else DeadlineState.CANCELLED
            deadline.closed_on = deadline.due_on if lapsed else on
            verb = f"deadlines.deadline.{deadline.state}"
            self.note(verb, deadline, on=str(deadline.closed_on))

    def _live(
        self, subject: Record, rule: str, owed_by: Organization | None = None
    ) -> list[Deadline]:
        return [
            one
            for one in subject.__dict__["held_limits"]
            if one.rule == rule
            and one.state in LIVE
            and (owed_by is None or one.owed_by == owed_by)
        ]


def require_unmoved(subject: Record, step: Step) -> None:
    """What stops, resumes or extends a clock is recorded one by one, on the dispute's page."""
    moved = {*step.pauses, *step.resumes, *step.extends}
    if any(one.rule in moved and one.state in LIVE for one in subject.__dict__["held_limits"]):
        raise ValueError(f"{step.key}: moves limits that are not written yet")

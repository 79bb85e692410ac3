"""One dispute with its procedures, made in memory by the tables, the guards and the clocks by
which the actions make it row by row."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from cases.actions.bulk.held import Rows, held, hold
from cases.actions.bulk.limits import Clocks
from cases.actions.bulk.outcomes import Outcomes
from cases.actions.bulk.session import Noted, Session
from cases.actions.disputes import (
    PartyWords,
    check_words,
    columns_of,
    party_of,
    title_of,
)
from cases.actions.roles import parts_of
from cases.actions.routing import MODES, PASSED_ON, entered_later
from cases.actions.steps import before_opening, mode_of, move, require_possible, told
from cases.drafts import AGENCIES, INTAKE, Course, Draft, Fault, Taken, Who
from cases.flow.given import numbered, read_one
from cases.flow.guards import GUARDS
from cases.flow.guards.first_instance import no_open_first_instance
from cases.flow.table import Step, table_of
from cases.models import (
    Access,
    Dispute,
    Event,
    Link,
    LossAnalysis,
    OutcomeNotice,
    Participant,
    Party,
    Performance,
    Procedure,
)
from cases.policy.circle import may_record
from cases.standing import put
from cases.states import Kind, Source
from foundations.access.errors import RuleBroken
from foundations.access.rows import Record
from foundations.audit.trail import label_of
from members.models import Organization
from services.deadlines.models import Deadline


class Building:
    """What a draft becomes. `faults` are the rules that it breaks: with any, nothing of it
    may be written."""

    def __init__(self, session: Session, draft: Draft) -> None:
        self.session, self.draft = session, draft
        self.faults: list[Fault] = []
        self.noted: list[Noted] = []
        self._pending: list[tuple[str, Record, dict[str, Any]]] = []
        self.clocks = Clocks(session, self._note)
        self.outcomes = Outcomes(session, self.clocks, self._note)
        self.links: list[Link] = []
        self.parts: list[Participant] = []
        self._where: tuple[int | None, str] = (None, "")
        if self._try(check_words, draft.words, session.at):
            self._make()

    def _make(self) -> None:
        self._register()
        for place, course in enumerate(self.draft.courses):
            self._where = (place, "")
            self._try(self._run, place, course)
            self._settle()
        if self.draft.routed is not None:
            self._where = (INTAKE, "")
            self._try(self._take, self.procedures.rows[0], self.draft.routed)
            self._settle()
        self._derive()

    # -- what is noted, and what is wrong --------------------------------------------------
    def _note(self, verb: str, subject: Record, **data: Any) -> None:
        self._pending.append((verb, subject, data))

    def _settle(self) -> None:
        """An entry names its record as it was called when the action ended."""
        for verb, subject, data in self._pending:
            self.noted.append(Noted(verb, subject, label_of(subject), data))
        self._pending.clear()

    def _try(self, rule: Callable[..., Any], *given: Any) -> bool:
        """Whether the rule was kept; else what it says is a fault of this place."""
        try:
            rule(*given)
        except RuleBroken as broken:
            self._fault(broken.message, broken.code, broken.field)
        except ValidationError as wrong:
            for name, messages in wrong.message_dict.items():
                self._fault(" ".join(messages), "invalid", name)
        except PermissionDenied:
            self._fault(_("This unit may not record that."), "not_allowed")
        else:
            return True
        return False

    def _fault(self, message: str, code: str, field: str = "") -> None:
        course, step = self._where
        self.faults.append(Fault(str(message), code, course, step, field))

    # -- the dispute ---------------------------------------------------------------------
    def _register(self) -> None:
        words, session = self.draft.words, self.session
        self.dispute = Dispute(
            jurisdiction=session.jurisdiction,
            mechanism=session.mechanism,
            title=title_of(words),
            state="waiting",
            **columns_of(words),
        )
        self._try(self.dispute.prepare)
        self.procedures, self.parties = Rows(Procedure), Rows(Party)
        self.access: dict[str, Access] = {}
        hold(
            self.dispute,
            procedures=self.procedures,
            parties=self.parties,
            performances=Rows(Performance),
            access=Rows(Access),
        )
        for order, party in enumerate(words.parties):
            self._try(self._enter_party, party, order)
        self._admit([words.registered_by, words.agency], "party")
        self._admit(session.bureaus, "justice")
        self._note("cases.dispute.registered", self.dispute, number="")
        self._where = (INTAKE, "")
        self._try(self._open_intake)
        self._settle()

    def _enter_party(self, words: PartyWords, order: int) -> None:
        party = party_of(self.dispute, words, order)
        hold(party)
        self.parties.add(party)
        party.prepare()

    def _admit(self, organizations: Sequence[Organization], why: str) -> None:
        for one in organizations:
            for unit in self.session.units(one):
                principal = f"o{unit.pk}"
                if principal not in self.access:
                    self.access[principal] = Access(
                        dispute=self.dispute, principal=principal, why=why
                    )
                    held(self.dispute, "access").add(self.access[principal])

    def _open_intake(self) -> None:
        words = self.draft.words
        source = str(Source(words.source).label)
        course = Course(
            Kind.INTAKE, words.registered_by, words.filed_on, given={"source": words.source}
        )
        intake = self._open(course, None, source)
        step = intake.step("register_first" if words.missing_items else "register")
        missing = {"missing_items": list(words.missing_items), "missing_due": words.missing_due}
        facts = self._given(intake, step, words.filed_on, missing if words.missing_items else {})
        today = self.session.day_of()
        late = self.session.is_late(words.filed_on, today)
        self._happen(intake, step, words.filed_on, self.session.at, facts, "", late)

    # -- its procedures ------------------------------------------------------------------
    def _run(self, place: int, course: Course) -> None:
        earlier = None if course.after is None else self.procedures.rows[course.after + 1]
        procedure = self._open(course, earlier, course.late)
        self._settle()
        for taken in course.steps:
            self._where = (place, taken.step)
            if not self._try(self._take, procedure, taken):
                return
            self._settle()

    def _open(self, course: Course, earlier: Procedure | None, late: str) -> Procedure:
        """As `cases.actions.disputes.open_procedure`."""
        table, at = table_of(course.kind), course.at or self.session.at
        self._where = (self._where[0], table.opening.key)
        if course.kind == Kind.MEDIATION:
            raise ValueError("A mediation rests on consents, which are recorded one by one.")
        if course.organ.side not in table.organs:
            message = _("“%(unit)s” does not handle “%(procedure)s”.")
            named = {"unit": course.organ.short_name, "procedure": table.name}
            raise RuleBroken("wrong_organ", message % named, "organ")
        procedure = Procedure(
            dispute=self.dispute,
            kind=course.kind,
            organ=course.organ,
            state=table.first,
            opened_on=course.on,
            version=1,
        )
        self._hold(procedure)
        if not may_record(self.session.actor, procedure, table.opening):
            raise PermissionDenied(course.kind)
        recorded_late = self._opened_late(course, at, late)
        if course.kind == Kind.FIRST_INSTANCE:
            self._try(no_open_first_instance, procedure, table.opening, course.on, {})
        facts = self._given(procedure, table.opening, course.on, course.given)
        self.procedures.add(procedure)
        if earlier is not None:
            self._link(earlier, procedure, course.because)
        self._enter(procedure, course, earlier)
        self._guard(procedure, table.opening, course.on, facts)
        self._close_intake(procedure, course.on, at, recorded_late, late)
        self._happen(procedure, table.opening, course.on, at, facts, late, recorded_late)
        return procedure

    def _hold(self, procedure: Procedure) -> None:
        hold(
            procedure,
            events=Rows(Event),
            participants=Rows(Participant),
            onward=Rows(Link),
            origins=Rows(Link),
            performances=Rows(Performance),
            notices=Rows(OutcomeNotice),
            losses=Rows(LossAnalysis),
            limits=Rows(Deadline),
        )

    def _opened_late(self, course: Course, at: datetime, late: str) -> bool:
        today = self.session.day_of(at)
        if course.on > today:
            message = _("This day is still to come; a record tells what has happened.")
            self._fault(message, "future", "on")
        if course.on < self.dispute.filed_on:
            message = _("The dispute was registered on %(day)s; its procedures begin after that.")
            self._fault(message % {"day": self.dispute.filed_on}, "too_early", "on")
        return self._late(self.session.is_late(course.on, today), late, "late")

    def _late(self, late: bool, why: str, field: str) -> bool:
        if late and not why.strip():
            message = _("It is recorded later than usual, or out of order: say why.")
            self._fault(message, "why_late", field)
        return late

    def _link(self, earlier: Procedure, later: Procedure, reason: str) -> None:
        link = Link(earlier=earlier, later=later, reason=reason)
        held(earlier, "onward").add(link)
        held(later, "origins").add(link)
        self.links.append(link)

    def _enter(self, procedure: Procedure, course: Course, earlier: Procedure | None) -> None:
        named = course.claimants
        claimants = None if named is None else [self.parties.rows[place] for place in named]
        parts = parts_of(procedure, earlier, claimants, course.agencies)
        self.parts += parts
        for part in parts:
            part.version = 1
            hold(part, limits=Rows(Deadline))
        for part in sorted(parts, key=lambda one: (one.role, one.order)):
            held(procedure, "participants").add(part)
        self._admit([procedure.organ], "organ")
        self._admit([one.organization for one in parts if one.organization], "party")

    def _close_intake(
        self, procedure: Procedure, on: date, at: datetime, late: bool, reason: str
    ) -> None:
        """As `cases.actions.routing.close_intake`."""
        intake = self.procedures.rows[0]
        step = intake.table.steps.get(PASSED_ON)
        if procedure is intake or step is None or intake.state not in step.sources:
            return
        mode = MODES.get(Kind(procedure.kind), "other")
        late = late or on < max(event.on for event in intake.events.all())
        why = (reason or entered_later()) if late else ""
        self._happen(intake, step, on, at, {"mode": mode}, why, late)
        if not held(procedure, "origins"):
            self._link(intake, procedure, intake.table.modes[mode].name)

    # -- steps -------------------------------------------------------------------------
    def _take(self, procedure: Procedure, taken: Taken) -> None:
        """As `cases.actions.steps.take`; what breaks a rule is noted, and the rest is tried
        all the same, so that everything wrong is told at once."""
        step = procedure.table.steps.get(taken.step)
        if step is None or step.start:
            raise KeyError(f"{procedure.kind}: no step {taken.step}")
        if not may_record(self.session.actor, procedure, step):
            raise PermissionDenied(step.key)
        if not self._try(require_possible, procedure, step):
            procedure.state = step.sources[0]
        at = taken.at or self.session.at
        reason = taken.reason or str(taken.given.get("reason") or "")
        late = self._taken_late(procedure, taken.on, at, reason)
        facts = self._given(procedure, step, taken.on, taken.given)
        self._guard(procedure, step, taken.on, facts)
        self._happen(procedure, step, taken.on, at, facts, reason, late)

    def _taken_late(self, procedure: Procedure, on: date, at: datetime, reason: str) -> bool:
        today = self.session.day_of(at)
        if on > today:
            message = _("This day is still to come; a record tells what has happened.")
            self._fault(message, "future", "on")
        if on < procedure.opened_on:
            self._fault(before_opening(procedure.opened_on), "too_early", "on")
        last = max((event.on for event in procedure.events.all()), default=on)
        return self._late(self.session.is_late(on, today) or on < last, reason, "reason")

    def _given(
        self, procedure: Procedure, step: Step, on: date, given: Mapping[str, Any]
    ) -> dict[str, Any]:
        """As `cases.flow.given.read_given`; all that is wrong, not the first alone."""
        found: dict[str, Any] = {}
        for name in (*step.asks, *(given.keys() - set(step.asks))):
            self._try(self._read, procedure, step, name, given.get(name), found)
        if "number" in found:
            self._try(self._number, procedure, on, found)
        return found

    def _read(
        self, procedure: Procedure, step: Step, name: str, value: Any, found: dict[str, Any]
    ) -> None:
        if isinstance(value, Who):
            parts = procedure.participants
            side = parts.agencies() if value.side == AGENCIES else parts.claimants()
            value = list(side)[value.n]
        read = read_one(procedure, step, name, value)
        if read is not None:
            found[name] = read

    def _number(self, procedure: Procedure, on: date, found: dict[str, Any]) -> None:
        found |= numbered(procedure, found["number"], on, self.session.courts)

    def _guard(self, procedure: Procedure, step: Step, on: date, facts: Mapping[str, Any]) -> None:
        for name in step.needs:
            self._try(GUARDS[name], procedure, step, on, facts)

    def _happen(
        self,
        procedure: Procedure,
        step: Step,
        on: date,
        at: datetime,
        facts: dict[str, Any],
        reason: str,
        late: bool,
    ) -> None:
        """As `cases.actions.steps.happen`."""
        before = procedure.state
        mode = mode_of(procedure, step, facts) if step.closes else None
        move(procedure, step, mode, on, facts)
        event = Event(
            procedure=procedure,
            step=step.key,
            name=step.name,
            on=on,
            at=at,
            actor=self.session.actor,
            before=before,
            after=procedure.state,
            backdated=late,
            reason=reason[:300] if late else "",
            facts=told(facts),
        )
        held(procedure, "events").add(event)
        served = facts.get("served_party")
        if isinstance(served, Participant) and procedure.mode:
            served.served_on = on
        self.clocks.run(procedure, step, on=on, facts=facts)
        self.outcomes.follow(procedure, step, on=on, facts=facts)
        self._note(
            "cases.procedure.step",
            procedure,
            step=step.name,
            on=str(on),
            before=before,
            after=procedure.state,
            backdated=late,
        )

    def _derive(self) -> None:
        duties = [one for one, _subject in self.clocks.opened if not one.window]
        live = [one for one in duties if one.state == "open"]
        due = min(live, key=lambda one: one.due_on, default=None)
        owed = held(self.dispute, "performances").filter(state="owed")
        procedures = self.procedures.order_by("opened_on", "pk").rows
        put(self.dispute, procedures, due, owes=owed.exists, given_up=lambda: False)
        for access in self.access.values():
            for name, value in self.dispute.listed.items():
                setattr(access, name, value)

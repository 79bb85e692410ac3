"""A step of a procedure in memory: what `cases.actions.steps.happen` writes."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Model

from cases.actions.clocks import applies, limit_title, trigger_of
from cases.actions.steps import mode_of, move, told
from cases.flow.table import Clock, Step
from cases.models import (
    Assignment,
    AssignmentState,
    Event,
    Participant,
    Procedure,
    Profession,
)
from cases.states import Kind, PartyRole
from demo.disputes import deeds as d
from demo.disputes.bulk.outcome import follow_outcome
from demo.disputes.bulk.sheet import Chapter, Sheet
from foundations.access.rows import Record
from foundations.audit.actor import Actor
from foundations.calendars.periods import Length, Unit
from members.models import Organization
from services.deadlines.models import DeadlineState

ONE_DAY = timedelta(days=1)
Facts = Mapping[str, Any]


def facts_of(sheet: Sheet, given: Facts) -> dict[str, Any]:
    """As `cases.flow.given.read_given` gives them."""
    found = {name: _fact(sheet, value) for name, value in given.items()}
    if "number" in found:
        found["number_key"] = "".join(sign for sign in found["number"] if sign.isalnum())
    return found


def _fact(sheet: Sheet, value: Any) -> Any:
    if isinstance(value, d.Part):
        return sheet.part(value)
    if isinstance(value, d.Of):
        return sheet.chapters[value.name].row.public_id
    return value


def happen(
    sheet: Sheet,
    chapter: Chapter,
    key: str,
    *,
    actor: Actor,
    deed: d.Deed,
    facts: dict[str, Any],
) -> None:
    procedure, on = chapter.row, deed.on
    step = procedure.step(key)
    before = procedure.state
    mode = mode_of(procedure, step, facts) if step.closes else None
    move(procedure, step, mode, on, facts)
    event = Event(
        procedure=procedure,
        step=step.key,
        name=step.name,
        on=on,
        at=deed.at,
        actor=actor,
        before=before,
        after=procedure.state,
        facts=told(facts),
    )
    chapter.events.append(sheet.add(event))
    served = facts.get("served_party")
    if isinstance(served, Participant) and procedure.mode:
        served.served_on = on
    if procedure.kind == Kind.MEDIATION:
        _follow_mediation(sheet, chapter, step, on, facts)
    run_clocks(sheet, chapter, step, on, facts)
    follow_outcome(sheet, chapter, step, on, facts)


def _follow_mediation(sheet: Sheet, chapter: Chapter, step: Step, on: date, facts: Facts) -> None:
    if step.key == "refer":
        mediator = facts["mediator"]
        chapter.assigned = sheet.add(
            Assignment(
                dispute=sheet.dispute,
                procedure=chapter.row,
                profession=Profession.MEDIATOR,
                requested_by=chapter.row.organ,
                requested_on=on,
                professional=mediator,
                assigned_on=on,
                state=AssignmentState.ASSIGNED,
            )
        )
        chapter.row.handler = mediator.user
        if mediator.user is not None:
            sheet.grant(f"u{mediator.user.pk}", mediator.profession)
    elif step.key == "acknowledge" and chapter.assigned is not None:
        chapter.assigned.state, chapter.assigned.answered_on = AssignmentState.ACCEPTED, on


def run_clocks(sheet: Sheet, chapter: Chapter, step: Step, on: date, facts: Facts) -> None:
    procedure, limits = chapter.row, sheet.limits
    for rule in step.meets:
        _meet(sheet, procedure, step, rule, on, facts)
    for subject in (procedure, *chapter.parts):
        _stop(sheet, subject, step, on, facts)
    for clock in (*step.opens, *step.reopens):
        if applies(clock, procedure, facts, on):
            _open(sheet, chapter, clock, on, facts)
    for clock in step.reopens:
        ended = [
            one
            for one in limits.of(procedure, *step.cancels)
            if one.row.state == DeadlineState.CANCELLED
        ]
        for pause in ended[-1].pauses if ended else ():
            limits.suspend(procedure, clock.rule, pause.first_on, pause.reason)
            if pause.last_on is not None:
                limits.resume(procedure, clock.rule, pause.last_on + ONE_DAY)


def _meet(
    sheet: Sheet, procedure: Procedure, step: Step, rule: str, on: date, facts: Facts
) -> None:
    named = facts.get(step.meets_of)
    if isinstance(named, Participant):
        sheet.limits.meet(named, rule, on)
        if named.organization is not None:
            sheet.limits.meet(procedure, rule, on, named.organization)
    elif step.meets_of == "organ":
        sheet.limits.meet(procedure, rule, on)


def _stop(sheet: Sheet, subject: Model, step: Step, on: date, facts: Facts) -> None:
    limits, reason = sheet.limits, str(facts.get("reason") or step.name)
    for rule in step.cancels:
        limits.cancel(subject, rule, on)
    for rule in step.pauses:
        running = [o for o in limits.of(subject, rule) if o.row.state == DeadlineState.OPEN]
        if running and on <= running[0].row.due_on:
            first = max(on, running[0].row.trigger_on + ONE_DAY)
            limits.suspend(subject, rule, first, reason)
    for rule in step.resumes:
        limits.resume(subject, rule, on)
    for rule in step.extends:
        until = facts.get("until")
        longer = until or Length(facts["length_days"], Unit.DAYS)
        limits.extend(subject, rule, longer, reason)


def _open(sheet: Sheet, chapter: Chapter, clock: Clock, on: date, facts: Facts) -> None:
    procedure = chapter.row
    trigger = _trigger(chapter, clock, on, facts)
    last_on = facts.get(clock.until) if clock.until else None
    if trigger is None or (clock.until and last_on is None):
        return
    for subject, owed_by, window in _owners(chapter, clock, facts):
        shared: dict[str, Any] = {
            "title": limit_title(procedure, subject),
            "owed_by": owed_by,
            "trigger_on": trigger,
            "handler": procedure.handler if owed_by == procedure.organ else None,
            "window": window,
        }
        if last_on is not None:
            sheet.limits.open(subject, clock.rule, due_on=last_on, **shared)
        else:
            length = facts.get(clock.asks) if clock.asks else None
            law_of = procedure.accepted_on
            sheet.limits.open_by_rule(subject, clock.rule, length=length, law_of=law_of, **shared)


def _trigger(chapter: Chapter, clock: Clock, on: date, facts: Facts) -> date | None:
    """The events are not stored yet, so that the procedure cannot be asked for them."""
    if clock.trigger and clock.trigger != "accepted":
        days = [event.on for event in chapter.events if event.step == clock.trigger]
        return max(days, default=None)
    return trigger_of(chapter.row, clock, on, facts)


def _owners(
    chapter: Chapter, clock: Clock, facts: Facts
) -> Iterator[tuple[Record, Organization, bool]]:
    procedure = chapter.row
    if clock.of == "organ":
        yield procedure, procedure.organ, clock.window
    elif clock.of == "respondents":
        for one in chapter.agencies():
            if one.organization is not None:
                yield procedure, one.organization, clock.window
    elif clock.of == "applicant":
        for one in chapter.parts:
            if one.role == PartyRole.ENFORCING and one.organization is not None:
                yield procedure, one.organization, clock.window
    else:
        yield from _of_named(procedure, clock, facts)


def _of_named(
    procedure: Procedure, clock: Clock, facts: Facts
) -> Iterator[tuple[Record, Organization, bool]]:
    named = facts.get("served_party") if clock.of == "served" else facts.get(clock.of)
    if isinstance(named, Organization):
        yield procedure, named, clock.window
    elif isinstance(named, Participant) and (not clock.roles or named.role in clock.roles):
        if named.organization and not clock.window:
            yield procedure, named.organization, False
        else:
            yield named, named.organization or procedure.organ, True

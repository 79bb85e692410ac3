"""A step of a procedure in memory: what `cases.actions.steps.happen` writes."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from cases.actions.bulk.held import held
from cases.actions.clocks import applies, done_by, limits_to_open
from cases.actions.steps import mode_of, move, told
from cases.flow.table import Step
from cases.models import (
    Assignment,
    AssignmentState,
    Event,
    Participant,
    Profession,
)
from cases.states import Kind
from demo.disputes import deeds as d
from demo.disputes.bulk.outcome import follow_outcome
from demo.disputes.bulk.sheet import Chapter, Sheet
from foundations.access.rows import Record
from foundations.audit.actor import Actor
from foundations.calendars.periods import Length, Unit
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
    held(procedure, "events").add(sheet.add(event))
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
        for subject, owed_by in done_by(procedure, step, facts):
            limits.meet(subject, rule, on, owed_by)
    for subject in (procedure, *procedure.participants.all()):
        _stop(sheet, subject, step, on, facts)
    for clock in (*step.opens, *step.reopens):
        if not applies(clock, procedure, facts, on):
            continue
        for subject, limit in limits_to_open(procedure, clock, on, facts):
            begin = limits.open if "due_on" in limit else limits.open_by_rule
            begin(subject, clock.rule, **limit)
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


def _stop(sheet: Sheet, subject: Record, step: Step, on: date, facts: Facts) -> None:
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

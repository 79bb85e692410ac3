"""The time limits that a step opens, stops, lets run on, extends and closes."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from cases.flow.table import Clock, Step
from cases.models import Participant, Procedure
from cases.states import AGENCY_ROLES
from foundations.access.rows import Record
from foundations.audit.actor import Actor
from foundations.calendars.periods import Length, Unit
from members.models import Organization
from services.deadlines import actions as deadlines


def run_clocks(
    procedure: Procedure, step: Step, *, actor: Actor, on: date, facts: Mapping[str, Any]
) -> None:
    """What the step does to the limits of the procedure and of whoever takes part in it."""
    for rule in step.meets:
        _meet(procedure, step, rule, actor=actor, on=on, facts=facts)
    for subject in (procedure, *procedure.participants.all()):
        _stop(subject, step, actor=actor, on=on, facts=facts)
    for clock in (*step.opens, *step.reopens):
        if applies(clock, procedure, facts):
            _open(procedure, clock, actor=actor, on=on, facts=facts)


def _meet(
    procedure: Procedure,
    step: Step,
    rule: str,
    *,
    actor: Actor,
    on: date,
    facts: Mapping[str, Any],
) -> None:
    """Done by the organ, or by the one whom the step names."""
    named = facts.get(step.meets_of)
    owed_by = named.organization if isinstance(named, Participant) else None
    deadlines.meet(procedure, rule, actor=actor, on=on, owed_by=owed_by)
    if isinstance(named, Participant):
        deadlines.meet(named, rule, actor=actor, on=on)


def _stop(
    subject: Record, step: Step, *, actor: Actor, on: date, facts: Mapping[str, Any]
) -> None:
    for rule in step.cancels:
        deadlines.cancel(subject, rule, actor=actor, on=on)
    reason = str(facts.get("reason") or facts.get("ground") or step.name)
    for rule in step.pauses:
        deadlines.suspend(subject, rule, actor=actor, on=on, reason=reason)
    for rule in step.resumes:
        deadlines.resume(subject, rule, actor=actor, on=on)
    for rule in step.extends:
        deadlines.extend(subject, rule, actor=actor, by=_longer(facts), reason=reason)


def _longer(facts: Mapping[str, Any]) -> Length | date:
    until = facts.get("until")
    return until if until else Length(int(facts["length_days"]), Unit.DAYS)


def applies(clock: Clock, procedure: Procedure, facts: Mapping[str, Any]) -> bool:
    """Is this clock for a procedure like this one, closed as it was?"""
    for name, wanted in clock.conditions.items():
        found = facts.get(name, procedure.fact(name))
        if found not in wanted if isinstance(wanted, tuple | list) else found != wanted:
            return False
    outcome = procedure.outcome
    if clock.judgments:
        return bool(outcome and outcome.judgment)
    if clock.modes:
        return procedure.mode in clock.modes
    return procedure.mode not in clock.modes_not if clock.modes_not else True


def _open(
    procedure: Procedure, clock: Clock, *, actor: Actor, on: date, facts: Mapping[str, Any]
) -> None:
    trigger = procedure.happened_on(clock.trigger) if clock.trigger else on
    length = facts.get(clock.asks) if clock.asks else None
    for subject, owed_by, window in owners(procedure, clock, facts):
        deadlines.open_by_rule(
            subject,
            clock.rule,
            actor=actor,
            title=_title(procedure, subject),
            jurisdiction=procedure.dispute.jurisdiction,
            owed_by=owed_by,
            trigger_on=trigger or on,
            length=length,
            mechanism=procedure.dispute.mechanism,
            handler=procedure.handler if owed_by == procedure.organ else None,
            window=window,
        )


def owners(
    procedure: Procedure, clock: Clock, facts: Mapping[str, Any]
) -> Iterator[tuple[Record, Organization, bool]]:
    """Whose limit it is: the subject it hangs on, the organization that has to act or to
    watch, and whether it is a right that lapses.

    A party that is no organization of the portal has rights, not duties here: the organ
    watches when they lapse.
    """
    if clock.of == "organ":
        yield procedure, procedure.organ, clock.window
    elif clock.of == "respondents":
        for one in procedure.participants.filter(role__in=AGENCY_ROLES).exclude(organization=None):
            yield procedure, one.organization, clock.window
    else:
        named = facts.get("served_party") or facts.get(clock.of)
        if isinstance(named, Organization):
            yield procedure, named, clock.window
        elif isinstance(named, Participant):
            yield from _of_participant(procedure, named, clock)


def _of_participant(
    procedure: Procedure, named: Participant, clock: Clock
) -> Iterator[tuple[Record, Organization, bool]]:
    if named.organization and not clock.window:
        yield procedure, named.organization, False
    else:
        yield named, named.organization or procedure.organ, True


def _title(procedure: Procedure, subject: Record) -> str:
    if isinstance(subject, Participant):
        return f"{procedure.dispute.title}（{subject.get_role_display()} {subject}）"
    return procedure.dispute.title

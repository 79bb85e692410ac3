"""The time limits that a step opens, stops, lets run on, extends and closes."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from cases.flow.table import Clock, Step
from cases.models import Participant, Procedure
from cases.profile import keeps
from cases.states import Kind, PartyRole, Track
from foundations.access.rows import Record
from foundations.audit.actor import Actor
from foundations.calendars.periods import Length, Unit
from members.models import Organization
from services.deadlines import actions as deadlines
from services.deadlines.models import Deadline, DeadlineState

ONE_DAY = timedelta(days=1)
Facts = Mapping[str, Any]


def run_clocks(procedure: Procedure, step: Step, *, actor: Actor, on: date, facts: Facts) -> None:
    """What the step does to the limits of the procedure and of whoever takes part in it."""
    for rule in step.meets:
        _meet(procedure, step, rule, actor=actor, on=on, facts=facts)
    for subject in (procedure, *procedure.participants.all()):
        _stop(subject, step, actor=actor, on=on, facts=facts)
    for clock in (*step.opens, *step.reopens):
        if applies(clock, procedure, facts, on):
            _open(procedure, clock, actor=actor, on=on, facts=facts)
    for clock in step.reopens:
        _stop_again(procedure, step, clock, actor=actor)


def _meet(
    procedure: Procedure,
    step: Step,
    rule: str,
    *,
    actor: Actor,
    on: date,
    facts: Facts,
) -> None:
    for subject, owed_by in done_by(procedure, step, facts):
        deadlines.meet(subject, rule, actor=actor, on=on, owed_by=owed_by)


def done_by(
    procedure: Procedure, step: Step, facts: Facts
) -> Iterator[tuple[Record, Organization | None]]:
    """On whom the limits hang that the step meets, and whose they are: the organ's, or of the
    one whom the step names."""
    named = facts.get(step.meets_of)
    if isinstance(named, Participant):
        yield named, None
        if named.organization is not None:
            yield procedure, named.organization
    elif step.meets_of == "organ":
        yield procedure, None


def _stop(subject: Record, step: Step, *, actor: Actor, on: date, facts: Facts) -> None:
    for rule in step.cancels:
        deadlines.cancel(subject, rule, actor=actor, on=on)
    reason = str(facts.get("reason") or step.name)
    for rule in step.pauses:
        _pause(subject, rule, actor=actor, on=on, reason=reason)
    for rule in step.resumes:
        deadlines.resume(subject, rule, actor=actor, on=on)
    for rule in step.extends:
        deadlines.extend(subject, rule, actor=actor, by=_longer(facts), reason=reason)


def _pause(subject: Record, rule: str, *, actor: Actor, on: date, reason: str) -> None:
    """The day on which a clock begins does not count anyhow; one that is over stays over."""
    running = Deadline.objects.about(subject).filter(rule=rule, state=DeadlineState.OPEN).first()
    if running is not None and on <= running.due_on:
        first = max(on, running.trigger_on + ONE_DAY)
        deadlines.suspend(subject, rule, actor=actor, on=first, reason=reason)


def _stop_again(procedure: Procedure, step: Step, clock: Clock, *, actor: Actor) -> None:
    """The pauses of a limit that another takes the place of are the other's too."""
    ended = Deadline.objects.about(procedure).filter(
        rule__in=step.cancels, state=DeadlineState.CANCELLED
    )
    last = ended.order_by("-pk").first()
    for pause in last.pauses.all() if last else ():
        deadlines.suspend(
            procedure,
            clock.rule,
            actor=actor,
            on=pause.first_on,
            reason=pause.reason,
            paper=pause.paper,
        )
        if pause.last_on is not None:
            deadlines.resume(procedure, clock.rule, actor=actor, on=pause.last_on + ONE_DAY)


def _longer(facts: Facts) -> Length | date:
    until = facts.get("until")
    return until if until else Length(facts["length_days"], Unit.DAYS)


def applies(clock: Clock, procedure: Procedure, facts: Facts, on: date) -> bool:
    """Is this clock for a procedure like this one, closed as it was, and kept here?"""
    if not keeps(procedure.dispute.mechanism, clock.rule, on):
        return False
    for name, wanted in clock.conditions.items():
        found = facts.get(name, _known(procedure, name))
        if found not in wanted if isinstance(wanted, tuple | list) else found != wanted:
            return False
    outcome = procedure.outcome
    if clock.judgments:
        return bool(outcome and outcome.judgment)
    if clock.modes:
        return procedure.mode in clock.modes
    return procedure.mode not in clock.modes_not if clock.modes_not else True


def _known(procedure: Procedure, name: str) -> Any:
    """A fact of the procedure; of the dispute, or of the suit in which it is mediated."""
    if name == "reconsideration_first":
        return bool(procedure.dispute.reconsideration_first)
    if name == "track" and procedure.kind == Kind.MEDIATION:
        suit = procedure.dispute.procedures.filter(public_id=procedure.fact("within") or "")
        return suit.values_list("track", flat=True).first() or Track.ORDINARY
    return procedure.fact(name)


def _open(procedure: Procedure, clock: Clock, *, actor: Actor, on: date, facts: Facts) -> None:
    shared: dict[str, Any] = {
        "actor": actor,
        "jurisdiction": procedure.dispute.jurisdiction,
        "mechanism": procedure.dispute.mechanism,
    }
    for subject, limit in limits_to_open(procedure, clock, on, facts):
        begin = deadlines.open_deadline if "due_on" in limit else deadlines.open_by_rule
        begin(subject, clock.rule, **limit, **shared)


def limits_to_open(
    procedure: Procedure, clock: Clock, on: date, facts: Facts
) -> Iterator[tuple[Record, dict[str, Any]]]:
    """What a clock opens: on whom, and what the limit is. It has a `due_on` where that day was
    set; else it is counted by its rule."""
    trigger = trigger_of(procedure, clock, on, facts)
    last_on = facts.get(clock.until) if clock.until else None
    if trigger is None or (clock.until and last_on is None):
        return
    length = facts.get(clock.asks) if clock.asks else None
    by_rule = {"length": length, "law_of": procedure.accepted_on}
    ends = by_rule if last_on is None else {"due_on": last_on}
    for subject, owed_by, window in owners(procedure, clock, facts):
        limit = {
            "title": limit_title(procedure, subject),
            "owed_by": owed_by,
            "trigger_on": trigger,
            "handler": procedure.handler if owed_by == procedure.organ else None,
            "window": window,
        }
        yield subject, limit | ends


def open_answers(procedure: Procedure, agency: Organization, *, actor: Actor, on: date) -> None:
    """An agency that joins after the copies were sent has its own time to answer."""
    sent = procedure.table.steps.get("send")
    if sent is None or procedure.happened_on("send") is None:
        return
    for clock in sent.opens:
        if clock.of == "respondents" and applies(clock, procedure, {}, on):
            deadlines.open_by_rule(
                procedure,
                clock.rule,
                actor=actor,
                title=procedure.dispute.title,
                jurisdiction=procedure.dispute.jurisdiction,
                owed_by=agency,
                trigger_on=on,
                mechanism=procedure.dispute.mechanism,
                law_of=procedure.accepted_on,
            )


def trigger_of(procedure: Procedure, clock: Clock, on: date, facts: Facts) -> date | None:
    """The day from which it is counted; None where the day is not known (yet)."""
    if clock.since:
        found = facts.get(clock.since) or procedure.fact(clock.since)
        return date.fromisoformat(found) if isinstance(found, str) else found
    if clock.trigger == "accepted":
        return procedure.accepted_on
    return procedure.happened_on(clock.trigger) if clock.trigger else on


def owners(
    procedure: Procedure, clock: Clock, facts: Facts
) -> Iterator[tuple[Record, Organization, bool]]:
    """Whose limit it is: the subject it hangs on, the organization that has to act or to
    watch, and whether it is a right that lapses.

    A party that is no organization of the portal has rights, not duties here: the organ
    watches when they lapse.
    """
    parts = procedure.participants.select_related("organization")
    if clock.of == "organ":
        yield procedure, procedure.organ, clock.window
    elif clock.of == "respondents":
        for one in parts.agencies():
            yield procedure, one.organization, clock.window
    elif clock.of == "applicant":
        for one in parts.filter(role=PartyRole.ENFORCING).exclude(organization=None):
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


def limit_title(procedure: Procedure, subject: Record) -> str:
    if isinstance(subject, Participant):
        return f"{procedure.dispute.title}（{subject.get_role_display()} {subject}）"
    return procedure.dispute.title

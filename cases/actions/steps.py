"""What happens in a procedure: one engine for the steps of all tables."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.assignments import follow_mediation
from cases.actions.clocks import run_clocks
from cases.actions.outcomes import follow_outcome
from cases.actions.telling import tell_holders
from cases.flow.given import read_given
from cases.flow.guards import check_guards
from cases.flow.table import BACK, Mode, Step
from cases.models import Dispute, Event, Participant, Procedure
from cases.noticing import tell_numbers
from cases.policy.circle import may_record
from cases.standing import refresh
from cases.states import Kind
from foundations.access.errors import RuleBroken
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members.models import User

USUAL_DELAY = 5
"""Working days within which something may be recorded without saying why only now."""
COLUMNS = {"number", "number_key", "track", "panel", "handler"}
"""What a step asks for and the procedure keeps as columns; the rest are its facts."""


@action
def take(
    procedure_id: int,
    step: str,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    given: Mapping[str, Any] | None = None,
    reason: str = "",
    version: int | None = None,
) -> Procedure:
    """Record that a step of the table happened in the procedure on the day `on`.

    `given` holds what the step asks for, by the names of `cases.flow.asks`. Limits open,
    stop and close with it. `reason` says why it is recorded only now, or out of order; where
    the step asks for a reason itself, that one serves. Raises PermissionDenied; RuleBroken
    "stale", "no_such_step", "bad_transition", "future", "too_early" (field on), "why_late"
    (field reason), "no_such_mode" (field mode), and what `cases.flow.given.read_given` and
    `cases.flow.guards` raise.
    """
    procedure = locked_procedure(procedure_id)
    procedure.require_version(version)
    taken = find_step(procedure, step)
    if not may_record(actor, procedure, taken):
        raise PermissionDenied(step)
    require_possible(procedure, taken)
    reason = reason or str((given or {}).get("reason") or "")
    late = check_day(procedure, on, at, reason)
    facts = read_given(procedure, taken, on, given or {})
    check_guards(procedure, taken, on, facts)
    return happen(
        procedure, taken, actor=actor, at=at, on=on, facts=facts, reason=reason, late=late
    )


def happen(
    procedure: Procedure,
    step: Step,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    facts: dict[str, Any],
    reason: str = "",
    late: bool = False,
) -> Procedure:
    """Write the step of a locked procedure, its limits, and where the dispute now stands.

    `facts` are as `read_given` gives them; `reason` is kept where it is recorded `late`.
    """
    before = procedure.state
    mode = mode_of(procedure, step, facts) if step.closes else None
    move(procedure, step, mode, on, facts)
    procedure.store()
    Event.objects.create(
        procedure=procedure,
        step=step.key,
        name=step.name,
        on=on,
        at=at,
        actor=actor,
        before=before,
        after=procedure.state,
        backdated=late,
        reason=reason[:300] if late else "",
        facts=told(facts),
    )
    _serve(procedure, facts, on)
    follow_mediation(procedure, step, actor=actor, at=at, on=on, facts=facts)
    run_clocks(procedure, step, actor=actor, on=on, facts=facts)
    follow_outcome(procedure, step, actor=actor, on=on, facts=facts)
    refresh(procedure.dispute)
    record(
        actor,
        "cases.procedure.step",
        procedure,
        step=step.name,
        on=str(on),
        before=before,
        after=procedure.state,
        backdated=late,
    )
    if "number" in facts:
        tell_numbers([procedure])
    tell_holders(procedure, step, actor=actor, at=at)
    return procedure


def locked_procedure(procedure_id: int) -> Procedure:
    """The procedure with its dispute, both locked, the dispute first."""
    dispute_id = Procedure.objects.values_list("dispute", flat=True).get(pk=procedure_id)
    dispute = locked_dispute(dispute_id)
    procedure = (
        Procedure.objects.select_for_update(of=("self",))
        .select_related("organ")
        .get(pk=procedure_id)
    )
    procedure.dispute = dispute
    return procedure


def locked_dispute(dispute_id: int) -> Dispute:
    return (
        Dispute.objects.select_for_update(of=("self",))
        .select_related("jurisdiction", "mechanism", "agency")
        .get(pk=dispute_id)
    )


def find_step(procedure: Procedure, key: str) -> Step:
    found = procedure.table.steps.get(key)
    if found is None or found.start:
        raise RuleBroken(
            "no_such_step",
            _("“%(procedure)s” has no such step.") % {"procedure": procedure.get_kind_display()},
        )
    return found


def require_possible(procedure: Procedure, step: Step) -> None:
    if procedure.state not in step.sources:
        raise RuleBroken(
            "bad_transition",
            _("“%(step)s” cannot be recorded while the procedure is in “%(state)s”.")
            % {"step": step.name, "state": procedure.standing.name},
        )


def check_day(procedure: Procedure, on: date, at: datetime, reason: str) -> bool:
    """Whether it is back-dated: before what is recorded already, or long ago.

    Raises RuleBroken "future", "too_early" (field on), "why_late" (field reason).
    """
    today = timezone.localtime(at).date()
    if on > today:
        message = _("This day is still to come; a record tells what has happened.")
        raise RuleBroken("future", message, "on")
    if on < procedure.opened_on:
        raise RuleBroken("too_early", before_opening(procedure.opened_on), "on")
    last = procedure.events.order_by("-on").values_list("on", flat=True).first()
    late = is_late(procedure, on, today) or (last is not None and on < last)
    if late:
        require_why(reason)
    return late


def before_opening(opened_on: date) -> str:
    message = _("The procedure was opened on %(day)s; nothing can happen in it before.")
    return message % {"day": opened_on}


def is_late(procedure: Procedure, on: date, today: date) -> bool:
    """Is it recorded later than usual?"""
    return on < procedure.dispute.jurisdiction.calendar.add_workdays(today, -USUAL_DELAY)


def require_why(reason: str, field: str = "reason") -> None:
    if not reason.strip():
        message = _("It is recorded later than usual, or out of order: say why.")
        raise RuleBroken("why_late", message, field)


def mode_of(procedure: Procedure, step: Step, facts: Mapping[str, Any]) -> Mode:
    """The closing mode that was chosen; RuleBroken("no_such_mode") for one of another kind."""
    possible = {mode.key: mode for mode in procedure.table.modes_of(step)}
    if len(possible) == 1:
        return next(iter(possible.values()))
    chosen = possible.get(str(facts.get("mode", "")))
    if chosen is None:
        raise RuleBroken(
            "no_such_mode",
            _("“%(procedure)s” cannot be closed like this. Choose one of: %(modes)s.")
            % {
                "procedure": procedure.get_kind_display(),
                "modes": "、".join(mode.name for mode in possible.values()),
            },
            "mode",
        )
    return chosen


def move(
    procedure: Procedure, step: Step, mode: Mode | None, on: date, facts: dict[str, Any]
) -> None:
    """Put into the row, unsaved, the state after the step, what it asked for, how it closed."""
    target = _target(procedure, step, mode)
    if target and target != procedure.state:
        interrupts = bool(step.pauses) and not step.closes
        procedure.before = procedure.state if interrupts else ""
        procedure.state = target
    kept = {**facts, **step.sets}
    for name in COLUMNS & kept.keys():
        setattr(procedure, name, kept.pop(name))
    procedure.facts = {**procedure.facts, **told(kept)}
    if mode is not None:
        procedure.mode, procedure.closed_on = mode.key, on
    if step.accepts:
        procedure.accepted_on = on
    if kept.get("enterprise"):
        procedure.dispute.enterprise = True
    if procedure.state == "effective" or _is_final(procedure, facts):
        procedure.effective_on = on


def _is_final(procedure: Procedure, facts: Mapping[str, Any]) -> bool:
    """A judgment of the last instance takes effect when it is served, on the last if on many."""
    final = (Kind.SECOND_INSTANCE, Kind.RETRIAL)
    return procedure.kind in final and bool(procedure.mode) and "served_party" in facts


def _serve(procedure: Procedure, facts: Mapping[str, Any], on: date) -> None:
    """The paper that closed the procedure has reached whom the step names."""
    served = facts.get("served_party")
    if isinstance(served, Participant) and procedure.mode:
        served.served_on = on
        served.store()


def _target(procedure: Procedure, step: Step, mode: Mode | None) -> str:
    if step.target == BACK:
        return procedure.before
    if procedure.state in step.stays:
        return ""
    outcome = procedure.outcome
    if step.to_final and outcome and not (outcome.judgment or outcome.appeal):
        return step.to_final
    if step.target or mode is None:
        return step.target
    ends = (state.key for state in procedure.table.states.values() if state.ends)
    return mode.state or next(ends)


def told(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as JSON keeps them: days as ISO, rows as their public ids, people as
    their accounts."""
    return {name: _plain(value) for name, value in facts.items() if value not in (None, "")}


def _plain(value: Any) -> Any:
    if isinstance(value, date | timedelta):
        return str(value)
    if isinstance(value, User):
        return value.username
    return getattr(value, "public_id", value)

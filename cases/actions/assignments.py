"""Who was asked for a dispute: the mediator of a mediation, by its steps; others on request.

What a mediation's steps do besides moving it stands here, so that they do it wherever they
are recorded: the assigned mediator sees the dispute, and no longer when replaced (G6); a
trial's limit stands still while its dispute is mediated (行诉解释 50).
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from cases.actions.access import admit_person
from cases.flow.table import Step
from cases.models import (
    Assignment,
    AssignmentState,
    Procedure,
    Profession,
    Professional,
    SessionState,
)
from cases.states import Kind
from foundations.access.errors import RuleBroken
from foundations.audit.actor import Actor
from foundations.audit.trail import record
from foundations.notifications.send import notify_once
from services.deadlines import actions as deadlines
from services.deadlines.models import Deadline, DeadlineState

MEDIATOR = "mediator"
"""Why a mediator may see the dispute, as the access rows name it."""
TRIAL_LIMITS = ("XS-1", "XS-1S", "XS-2")
ENTRUSTED = "委托调解"
"""The reason that the trial's pause keeps, and by which its end finds it again."""


def follow_mediation(
    procedure: Procedure,
    step: Step,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    facts: Mapping[str, Any],
) -> None:
    """What a step of a mediation brings with it; nothing for other procedures."""
    follow = FOLLOWS.get(step.key) if procedure.kind == Kind.MEDIATION else None
    if follow is not None:
        follow(procedure, actor=actor, at=at, on=on, facts=facts)


def live_assignment(procedure: Procedure) -> Assignment | None:
    return procedure.assignments.live().select_related("professional__user").first()


def _assign(
    procedure: Procedure, *, actor: Actor, at: datetime, on: date, facts: Mapping[str, Any]
) -> None:
    mediator: Professional = facts["mediator"]
    reason = str(facts.get("reason") or "")
    _end(procedure, AssignmentState.REPLACED, actor=actor, on=on, reason=reason)
    assignment = Assignment(
        dispute=procedure.dispute,
        procedure=procedure,
        profession=Profession.MEDIATOR,
        requested_by=procedure.organ,
        requested_on=on,
        professional=mediator,
        assigned_on=on,
        state=AssignmentState.ASSIGNED,
    )
    assignment.store()
    procedure.handler = mediator.user
    procedure.store()
    record(actor, "cases.assignment.made", assignment, professional=mediator.public_id)
    admit_professional(assignment, at=at)


def admit_professional(assignment: Assignment, *, at: datetime) -> None:
    """Whoever was assigned may see the dispute, and is told; with an account of their own."""
    chosen = assignment.professional
    if chosen is None or chosen.user is None:
        return
    admit_person(assignment.dispute, chosen.user, chosen.profession)
    with translation.override(settings.LANGUAGE_CODE):
        notify_once(
            [chosen.user],
            assignment,
            reason="cases.assigned",
            title=_("Assigned to a dispute: say whether this can be taken on"),
            text=assignment.dispute.title,
            at=at,
        )


def release(assignment: Assignment) -> None:
    """Whoever no longer has a part in the dispute by name no longer sees it by name."""
    chosen = assignment.professional
    if chosen is None or chosen.user is None:
        return
    others = assignment.dispute.assignments.live().filter(professional__user=chosen.user)
    if not others.exclude(pk=assignment.pk).exists():
        rows = assignment.dispute.access.filter(principal=f"u{chosen.user.pk}")
        rows.filter(why__in=Profession.values).delete()


def _end(procedure: Procedure, state: str, *, actor: Actor, on: date, reason: str) -> None:
    assignment = live_assignment(procedure)
    if assignment is None:
        return
    assignment.state, assignment.answered_on = state, assignment.answered_on or on
    assignment.reason = reason[:300]
    assignment.store()
    record(actor, "cases.assignment.ended", assignment, state=state, reason=reason)
    release(assignment)


def _decline(
    procedure: Procedure, *, actor: Actor, at: datetime, on: date, facts: Mapping[str, Any]
) -> None:
    reason = str(facts.get("reason") or "")
    _end(procedure, AssignmentState.DECLINED, actor=actor, on=on, reason=reason)
    procedure.handler = None
    procedure.store()


def _accept(
    procedure: Procedure, *, actor: Actor, at: datetime, on: date, facts: Mapping[str, Any]
) -> None:
    assignment = live_assignment(procedure)
    if assignment is not None:
        assignment.state, assignment.answered_on = AssignmentState.ACCEPTED, on
        assignment.store()
        record(actor, "cases.assignment.accepted", assignment, on=str(on))
    suit = mediated_within(procedure)
    if suit is not None and procedure.fact("referral") == "in_trial":
        _pause_trial(suit, actor=actor, on=on)


def _pause_trial(suit: Procedure, *, actor: Actor, on: date) -> None:
    """A clock that stands still already, or is over, stays as it is."""
    running = Deadline.objects.about(suit).filter(
        rule__in=TRIAL_LIMITS, state=DeadlineState.OPEN, due_on__gte=on
    )
    for limit in running:
        first = max(on, limit.trigger_on + timedelta(days=1))
        deadlines.suspend(suit, limit.rule, actor=actor, on=first, reason=ENTRUSTED)


def _finish(
    procedure: Procedure, *, actor: Actor, at: datetime, on: date, facts: Mapping[str, Any]
) -> None:
    """Sessions still planned fall away, and the trial's own pause ends with the mediation."""
    for session in procedure.sessions.filter(state=SessionState.PLANNED):
        session.state = SessionState.CANCELLED
        session.store()
    suit = mediated_within(procedure)
    if suit is None or procedure.fact("referral") != "in_trial":
        return
    stopped = Deadline.objects.about(suit).filter(
        rule__in=TRIAL_LIMITS,
        state=DeadlineState.SUSPENDED,
        pauses__last_on=None,
        pauses__reason=ENTRUSTED,
    )
    for limit in stopped.distinct():
        deadlines.resume(suit, limit.rule, actor=actor, on=on)


FOLLOWS: dict[str, Callable[..., None]] = {
    "refer": _assign,
    "reassign": _assign,
    "decline": _decline,
    "acknowledge": _accept,
    "close_early": _finish,
    "close": _finish,
}


def mediated_within(procedure: Procedure) -> Procedure | None:
    """The procedure in which the dispute is mediated, if in any."""
    named = procedure.fact("within")
    found = procedure.dispute.procedures.filter(public_id=named) if named else None
    return found.first() if found is not None else None


def require_listed(chosen: Professional, assignment: Assignment, on: date) -> None:
    """Raises RuleBroken "not_listed", "other_profession" (field professional)."""
    if not chosen.holds_on(on) or chosen.jurisdiction_id != assignment.dispute.jurisdiction_id:
        message = _("“%(name)s” is not in the register on that day.") % {"name": chosen.name}
        raise RuleBroken("not_listed", message, "professional")
    if chosen.profession != assignment.profession:
        message = _("“%(name)s” is listed as %(listed)s.")
        words = {"name": chosen.name, "listed": chosen.get_profession_display()}
        raise RuleBroken("other_profession", message % words, "professional")

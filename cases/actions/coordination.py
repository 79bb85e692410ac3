"""会商（协调）: units are called together, agree on steps, and say what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions.access import admit
from cases.actions.days import require_past
from cases.actions.steps import locked_dispute
from cases.actions.telling_units import tell_units
from cases.models import (
    Coordination,
    CoordinationEntry,
    CoordinationMember,
    CoordinationResult,
    CoordinationState,
    CoordinationStep,
    MemberAnswer,
    StepState,
)
from cases.policy.acting import independent
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members.models import Organization
from members.policy import works_for
from members.states import OrganizationKind
from services.deadlines import actions as deadlines

STEP_LIMIT = "COORDINATION-STEP"
WHY = "coordination"


@dataclass(frozen=True)
class CoordinationWords:
    """What the form asks for; `members` are the units that are called besides the opener."""

    opened_by: Organization
    ground: str
    reason: str
    members: Sequence[Organization]
    urgent: bool = False


@action
def open_coordination(
    dispute_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: CoordinationWords,
    token: str | None = None,
) -> Coordination:
    """Call units together about a dispute; they see it from now on and are told.

    The justice bureau always takes part (YN-34). With `urgent` the leaders are alerted at
    once (WJ-31). Raises PermissionDenied; RuleBroken "coordinated_already", "alone" (field
    members), "form_used".
    """
    dispute = locked_dispute(dispute_id)
    made = Coordination.made_before(token, reason=words.reason)
    if made is not None:
        return made
    coordination = Coordination(
        dispute=dispute,
        opened_by=words.opened_by,
        ground=words.ground,
        reason=words.reason,
        urgent=words.urgent,
        opened_on=timezone.localtime(at).date(),
        form_token=token,
    )
    policy_for(Coordination).require(actor, "open", coordination)
    if Coordination.objects.filter(dispute=dispute, state=CoordinationState.OPEN).exists():
        message = _("This dispute is being coordinated already; call more units there.")
        raise RuleBroken("coordinated_already", message)
    units = _called(coordination, words)
    coordination.store()
    record(actor, "cases.coordination.opened", coordination, ground=words.ground)
    _log(coordination, actor, at, str(_("Opened: %(why)s")) % {"why": words.reason})
    _call(coordination, units, actor=actor, at=at)
    return coordination


def _called(coordination: Coordination, words: CoordinationWords) -> list[Organization]:
    bureau = Organization.objects.filter(
        jurisdiction=coordination.dispute.jurisdiction, kind=OrganizationKind.JUSTICE_BUREAU
    )
    units = list(dict.fromkeys([words.opened_by, *words.members, *bureau]))
    if len(units) == 1:
        raise RuleBroken("alone", _("Call at least one other unit."), "members")
    return units


def _call(
    coordination: Coordination, units: Sequence[Organization], *, actor: Actor, at: datetime
) -> None:
    today = timezone.localtime(at).date()
    for unit in units:
        own = unit.pk == coordination.opened_by_id
        CoordinationMember.objects.create(
            coordination=coordination,
            organization=unit,
            answer=MemberAnswer.JOINED if own else MemberAnswer.ASKED,
            answered_on=today if own else None,
        )
    admit(coordination.dispute, units, WHY)
    title = gettext_lazy("A dispute is to be coordinated with others")
    told: dict[str, Any] = {"text": coordination.dispute.title, "actor": actor, "at": at}
    tell_units(units, coordination, reason="cases.coordination", title=title, **told)
    if coordination.urgent:
        urgent = gettext_lazy("Urgent: a dispute needs easing measures at once")
        tell_units(
            units,
            coordination,
            reason="cases.coordination.urgent",
            title=urgent,
            leaders=True,
            **told,
        )


@action
def call_member(
    coordination_id: int, *, actor: Actor, at: datetime, organization: Organization
) -> Coordination:
    """One more unit. Raises PermissionDenied; RuleBroken "over", "member_already" (field
    organization)."""
    coordination = _locked(coordination_id)
    policy_for(Coordination).require(actor, "lead", coordination)
    _require_open(coordination)
    if coordination.members.filter(organization=organization).exists():
        message = _("“%(unit)s” was called already.") % {"unit": organization.short_name}
        raise RuleBroken("member_already", message, "organization")
    _call(coordination, [organization], actor=actor, at=at)
    record(actor, "cases.coordination.called", coordination, unit=organization.short_name)
    return coordination


@action
def answer_call(
    coordination_id: int,
    *,
    actor: Actor,
    at: datetime,
    organization: Organization,
    joins: bool,
    people: str = "",
    remark: str = "",
) -> CoordinationMember:
    """A unit says for itself whether it takes part; who declines does not see it any more.

    Raises PermissionDenied; RuleBroken "over", "no_reason" (field remark), "answered".
    """
    coordination = _locked(coordination_id)
    member = coordination.members.select_related("organization").get(organization=organization)
    if actor is not None and not works_for(actor, member.organization):
        raise PermissionDenied("answer")
    _require_open(coordination)
    if member.answer != MemberAnswer.ASKED:
        raise RuleBroken("answered", _("This unit has answered already."))
    if not joins and not remark.strip():
        raise RuleBroken("no_reason", _("Say why your unit does not take part."), "remark")
    member.answer = MemberAnswer.JOINED if joins else MemberAnswer.DECLINED
    member.answered_on = timezone.localtime(at).date()
    member.people, member.remark = people, remark
    member.full_clean(exclude=["coordination"])
    member.save()
    if not joins:
        principal = f"o{organization.pk}"
        coordination.dispute.access.filter(principal=principal, why=WHY).delete()
    unit = organization.short_name
    record(actor, "cases.coordination.answered", coordination, unit=unit, joins=joins)
    return member


@action
def log_entry(
    coordination_id: int, *, actor: Actor, at: datetime, on: date, text: str
) -> CoordinationEntry:
    """Raises PermissionDenied; RuleBroken "over", "future" (field on)."""
    coordination = _locked(coordination_id)
    policy_for(Coordination).require(actor, "log", coordination)
    _require_open(coordination)
    require_past(on, at)
    entry = _log(coordination, actor, at, text, on)
    record(actor, "cases.coordination.logged", coordination, on=str(on))
    return entry


@dataclass(frozen=True)
class StepWords:
    what: str
    owed_by: Organization
    due_on: date


@action
def set_step(
    coordination_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: StepWords,
    token: str | None = None,
) -> CoordinationStep:
    """A measure with its owner and last day, which becomes a limit of its own.

    What a court or a procuratorate does, and by when, it says itself (YN-22). Raises
    PermissionDenied; RuleBroken "over", "not_member", "independent" (field owed_by),
    "past" (field due_on), "form_used".
    """
    coordination = _locked(coordination_id)
    made = CoordinationStep.made_before(token, what=words.what)
    if made is not None:
        return made
    policy_for(Coordination).require(actor, "log", coordination)
    _require_open(coordination)
    _check_owner(coordination, words.owed_by, actor)
    today = timezone.localtime(at).date()
    if words.due_on < today:
        raise RuleBroken("past", _("The last day is over already."), "due_on")
    step = CoordinationStep(
        coordination=coordination,
        what=words.what,
        owed_by=words.owed_by,
        due_on=words.due_on,
        form_token=token,
    )
    step.store()
    _open_limit(step, actor, today)
    record(actor, "cases.coordination.step", coordination, what=step.what, due=str(step.due_on))
    return step


def _open_limit(step: CoordinationStep, actor: Actor, today: date) -> None:
    dispute = step.coordination.dispute
    deadlines.open_deadline(
        step,
        STEP_LIMIT,
        actor=actor,
        title=step.what,
        jurisdiction=dispute.jurisdiction,
        owed_by=step.owed_by,
        trigger_on=today,
        due_on=step.due_on,
        mechanism=dispute.mechanism,
    )


def _check_owner(coordination: Coordination, unit: Organization, actor: Actor) -> None:
    joined = coordination.members.filter(organization=unit)
    if not joined.exclude(answer=MemberAnswer.DECLINED).exists():
        message = _("“%(unit)s” does not take part here; call it first.")
        raise RuleBroken("not_member", message % {"unit": unit.short_name}, "owed_by")
    if independent(unit) and (actor is None or not works_for(actor, unit)):
        message = _("What “%(unit)s” does, and by when, it enters itself.")
        raise RuleBroken("independent", message % {"unit": unit.short_name}, "owed_by")


@action
def finish_step(
    step_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    outcome: str,
    version: int | None = None,
) -> CoordinationStep:
    """Raises PermissionDenied; RuleBroken "stale", "step_over", "future" (field on)."""
    step = _locked_step(step_id)
    policy_for(CoordinationStep).require(actor, "finish", step)
    step.require_version(version)
    _require_unfinished(step)
    require_past(on, at)
    step.state, step.done_on, step.outcome = StepState.DONE, on, outcome
    step.store()
    deadlines.meet(step, STEP_LIMIT, actor=actor, on=on)
    record(actor, "cases.coordination.step_done", step.coordination, what=step.what, on=str(on))
    return step


@action
def drop_step(step_id: int, *, actor: Actor, at: datetime, reason: str) -> CoordinationStep:
    """Raises PermissionDenied; RuleBroken "step_over", "no_reason" (field reason)."""
    step = _locked_step(step_id)
    policy_for(Coordination).require(actor, "lead", step.coordination)
    _require_unfinished(step)
    if not reason.strip():
        raise RuleBroken("no_reason", _("Say why."), "reason")
    step.state, step.outcome = StepState.DROPPED, reason
    step.store()
    deadlines.cancel(step, STEP_LIMIT, actor=actor, on=timezone.localtime(at).date())
    record(actor, "cases.coordination.step_dropped", step.coordination, what=step.what)
    return step


@action
def close_coordination(
    coordination_id: int,
    *,
    actor: Actor,
    at: datetime,
    result: str,
    summary: str,
    closed_for_good: bool = False,
    version: int | None = None,
) -> Coordination:
    """Say what it came to. Closed for good is only what is resolved in substance (YN-11).

    Raises PermissionDenied; RuleBroken "stale", "over", "steps_open", "not_for_good" (field
    closed_for_good).
    """
    coordination = _locked(coordination_id)
    policy_for(Coordination).require(actor, "lead", coordination)
    coordination.require_version(version)
    _require_open(coordination)
    if coordination.steps.filter(state=StepState.OPEN).exists():
        message = _("Steps are still open: finish them, or drop them with a reason.")
        raise RuleBroken("steps_open", message)
    if closed_for_good and result != CoordinationResult.SETTLED:
        message = _("Only a dispute that is resolved in substance is closed for good.")
        raise RuleBroken("not_for_good", message, "closed_for_good")
    coordination.state = CoordinationState.CLOSED
    coordination.closed_on = timezone.localtime(at).date()
    coordination.result, coordination.summary = result, summary
    coordination.closed_for_good = closed_for_good
    coordination.store()
    record(actor, "cases.coordination.closed", coordination, result=result, good=closed_for_good)
    return coordination


def _log(
    coordination: Coordination,
    actor: Actor,
    at: datetime,
    text: str,
    on: date | None = None,
) -> CoordinationEntry:
    day = on or timezone.localtime(at).date()
    entry = CoordinationEntry(coordination=coordination, on=day, at=at, actor=actor, text=text)
    entry.full_clean(exclude=["coordination", "actor"])
    entry.save()
    return entry


def _require_open(coordination: Coordination) -> None:
    if not coordination.is_open:
        raise RuleBroken("over", _("This coordination is closed."))


def _require_unfinished(step: CoordinationStep) -> None:
    if step.state != StepState.OPEN:
        raise RuleBroken("step_over", _("This step is over already."))


def _locked(coordination_id: int) -> Coordination:
    rows = Coordination.objects.select_related("opened_by")
    dispute_id = Coordination.objects.values_list("dispute", flat=True).get(pk=coordination_id)
    dispute = locked_dispute(dispute_id)
    coordination: Coordination = rows.select_for_update(of=("self",)).get(pk=coordination_id)
    coordination.dispute = dispute
    return coordination


def _locked_step(step_id: int) -> CoordinationStep:
    found = CoordinationStep.objects.values_list("coordination", flat=True).get(pk=step_id)
    coordination = _locked(found)
    rows = CoordinationStep.objects.select_for_update(of=("self",)).select_related("owed_by")
    step: CoordinationStep = rows.get(pk=step_id)
    step.coordination = coordination
    return step

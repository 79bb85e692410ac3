"""What mediators get for disputes that were resolved (WJ-86)."""

from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Allowance, AllowanceState, Assignment, AssignmentState
from cases.policy.circle import works_in_justice_bureau
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members.policy import works_for


@action
def propose_allowance(
    assignment_id: int,
    *,
    actor: Actor,
    at: datetime,
    standard: str,
    amount: Decimal,
) -> Allowance:
    """Propose it for the mediator of a mediation that ended in a settlement.

    `standard` names the document and the line it comes from. Raises PermissionDenied;
    RuleBroken "not_resolved", "allowance_exists".
    """
    assignment = _locked(assignment_id)
    _require_proposer(actor, assignment)
    procedure = assignment.procedure
    accepted = assignment.state == AssignmentState.ACCEPTED
    outcome = procedure.outcome if procedure else None
    if not accepted or outcome is None or not outcome.settled:
        message = _("An allowance is for a mediator whose mediation has resolved the dispute.")
        raise RuleBroken("not_resolved", message)
    if Allowance.objects.filter(assignment=assignment).exists():
        raise RuleBroken("allowance_exists", _("There is an allowance for this case already."))
    allowance = Allowance(
        assignment=assignment,
        standard=standard,
        amount=amount,
        proposed_on=timezone.localtime(at).date(),
        proposed_by=actor,
    )
    allowance.store()
    record(actor, "cases.allowance.proposed", allowance, standard=standard, amount=str(amount))
    return allowance


@action
def decide_allowance(
    allowance_id: int,
    *,
    actor: Actor,
    at: datetime,
    approved: bool,
    reason: str = "",
    version: int | None = None,
) -> Allowance:
    """Raises PermissionDenied; RuleBroken "stale", "decided", "no_reason" (field reason)."""
    allowance = _locked_allowance(allowance_id, actor, version)
    if allowance.state != AllowanceState.PROPOSED:
        raise RuleBroken("decided", _("This allowance is decided already."))
    if not approved and not reason.strip():
        raise RuleBroken("no_reason", _("Say why it is refused."), "reason")
    allowance.state = AllowanceState.APPROVED if approved else AllowanceState.REFUSED
    allowance.decided_on, allowance.decided_by = timezone.localtime(at).date(), actor
    allowance.reason = reason
    allowance.store()
    record(actor, "cases.allowance.decided", allowance, approved=approved, reason=reason)
    return allowance


@action
def pay_allowance(
    allowance_id: int, *, actor: Actor, at: datetime, on: date, version: int | None = None
) -> Allowance:
    """Raises PermissionDenied; RuleBroken "stale", "not_approved", "bad_day" (field on)."""
    allowance = _locked_allowance(allowance_id, actor, version)
    if allowance.state != AllowanceState.APPROVED or allowance.decided_on is None:
        raise RuleBroken("not_approved", _("Only an approved allowance is paid, and once."))
    if not allowance.decided_on <= on <= timezone.localtime(at).date():
        message = _("It is paid after it was approved, and not in the future.")
        raise RuleBroken("bad_day", message, "on")
    allowance.state, allowance.paid_on = AllowanceState.PAID, on
    allowance.store()
    record(actor, "cases.allowance.paid", allowance, on=str(on))
    return allowance


def _locked(assignment_id: int) -> Assignment:
    return (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("procedure__organ", "professional", "dispute")
        .get(pk=assignment_id)
    )


def _locked_allowance(allowance_id: int, actor: Actor, version: int | None) -> Allowance:
    allowance = (
        Allowance.objects.select_for_update(of=("self",))
        .select_related("assignment__dispute", "assignment__professional")
        .get(pk=allowance_id)
    )
    policy_for(Allowance).require(actor, "decide", allowance)
    allowance.require_version(version)
    return allowance


def may_propose(actor: Actor, assignment: Assignment) -> bool:
    """The organ of the mediation or the justice bureau, and nobody for themselves."""
    if actor is None:
        return True
    chosen, procedure = assignment.professional, assignment.procedure
    if procedure is None or (chosen is not None and chosen.user_id == actor.pk):
        return False
    return works_for(actor, procedure.organ) or works_in_justice_bureau(actor, assignment.dispute)


def _require_proposer(actor: Actor, assignment: Assignment) -> None:
    if not may_propose(actor, assignment):
        raise PermissionDenied("propose")

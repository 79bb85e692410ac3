"""自我纠错 and 容错: what an agency put right by itself, and whether anybody is held liable."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from cases.actions.days import require_past
from cases.actions.plans import require_agency
from cases.actions.steps import locked_dispute
from cases.models import SelfCorrection, ToleranceState
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members.models import Organization


@dataclass(frozen=True)
class CorrectionWords:
    organization: Organization
    kind: str
    on: date
    what: str
    number: str = ""
    own_initiative: bool = False
    serious: bool = False


@action
def record_correction(
    dispute_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: CorrectionWords,
    token: str | None = None,
) -> SelfCorrection:
    """An agency has withdrawn, changed or remedied its act (WJ-58, 65).

    Raises PermissionDenied; RuleBroken "not_agency" (field organization), "future" (field on),
    "before_act" (field on), "form_used".
    """
    dispute = locked_dispute(dispute_id)
    made = SelfCorrection.made_before(token, what=words.what)
    if made is not None:
        return made
    require_agency(dispute, words.organization)
    correction = SelfCorrection(
        dispute=dispute,
        form_token=token,
        **{name: getattr(words, name) for name in CorrectionWords.__dataclass_fields__},
    )
    policy_for(SelfCorrection).require(actor, "record", correction)
    require_past(words.on, at)
    if dispute.act_on is not None and words.on < dispute.act_on:
        message = _("The act is of %(day)s; it is corrected after that.")
        raise RuleBroken("before_act", message % {"day": dispute.act_on}, "on")
    correction.store()
    record(actor, "cases.correction.recorded", correction, kind=words.kind, on=str(words.on))
    return correction


@action
def propose_tolerance(
    correction_id: int,
    *,
    actor: Actor,
    at: datetime,
    grounds: str,
    version: int | None = None,
) -> SelfCorrection:
    """Propose that nobody is held liable (WJ-66): for an act withdrawn on the agency's own
    initiative without serious effect; never by itself.

    Raises PermissionDenied; RuleBroken "stale", "not_tolerable", "no_reason" (field grounds).
    """
    correction = _locked(correction_id)
    policy_for(SelfCorrection).require(actor, "record", correction)
    correction.require_version(version)
    if not correction.may_be_tolerated:
        message = _(
            "It may be proposed once, for an act that was withdrawn on the agency's own "
            "initiative without serious effect."
        )
        raise RuleBroken("not_tolerable", message)
    if not grounds.strip():
        raise RuleBroken("no_reason", _("Say why."), "grounds")
    correction.tolerance, correction.grounds = ToleranceState.PROPOSED, grounds
    correction.store()
    record(actor, "cases.correction.tolerance_proposed", correction)
    return correction


@action
def decide_tolerance(
    correction_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    granted: bool,
    decided_by: str,
    decision: str,
    version: int | None = None,
) -> SelfCorrection:
    """What was decided, by whom and why; entered by the justice bureau, which may not be the
    agency itself.

    Raises PermissionDenied; RuleBroken "stale", "not_proposed", "own_case", "future" (field
    on).
    """
    correction = _locked(correction_id)
    policy_for(SelfCorrection).require(actor, "decide", correction)
    correction.require_version(version)
    if correction.tolerance != ToleranceState.PROPOSED:
        raise RuleBroken("not_proposed", _("Nothing was proposed, or it is decided already."))
    if actor is not None and policy_for(SelfCorrection).can(actor, "record", correction):
        raise RuleBroken("own_case", _("Nobody decides on their own agency's proposal."))
    require_past(on, at)
    state = ToleranceState.GRANTED if granted else ToleranceState.REFUSED
    correction.tolerance, correction.decided_on = state, on
    correction.decided_by, correction.decision = decided_by, decision
    correction.store()
    record(actor, "cases.correction.tolerance_decided", correction, granted=granted, on=str(on))
    return correction


def _locked(correction_id: int) -> SelfCorrection:
    dispute_id = SelfCorrection.objects.values_list("dispute", flat=True).get(pk=correction_id)
    dispute = locked_dispute(dispute_id)
    rows = SelfCorrection.objects.select_for_update(of=("self",)).select_related("organization")
    correction: SelfCorrection = rows.get(pk=correction_id)
    correction.dispute = dispute
    return correction

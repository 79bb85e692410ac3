"""The registers of mediators, lawyers, experts and advisers, and who is asked from them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.assignments import admit_professional, release, require_listed
from cases.actions.days import require_past
from cases.actions.steps import locked_dispute
from cases.models import (
    AidResult,
    Assignment,
    AssignmentState,
    Dispute,
    LegalAid,
    Party,
    Profession,
    Professional,
)
from cases.policy.mediation import refers_aid
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members.models import Jurisdiction, Organization, User
from members.policy import works_for


@dataclass(frozen=True)
class ProfessionalWords:
    """A line of a register; `valid_to` is the last day on which somebody is listed."""

    profession: str
    name: str
    valid_from: date
    valid_to: date | None = None
    organization: Organization | None = None
    firm: str = ""
    fields: str = ""
    certificate: str = ""
    phone: str = ""
    user: User | None = None


@action
def enter_professional(
    jurisdiction: Jurisdiction,
    *,
    actor: Actor,
    at: datetime,
    words: ProfessionalWords,
    token: str | None = None,
) -> Professional:
    """Raises PermissionDenied; RuleBroken "term" (field valid_to), "listed" (field name)."""
    made = Professional.made_before(token, name=words.name)
    if made is not None:
        return made
    row = Professional(jurisdiction=jurisdiction, form_token=token)
    policy_for(Professional).require(actor, "edit", row)
    return _written(row, words, actor=actor, verb="cases.professional.entered")


@action
def change_professional(
    professional_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: ProfessionalWords,
    version: int | None = None,
) -> Professional:
    """Raises PermissionDenied; RuleBroken "stale", "term" (field valid_to), "listed"."""
    row = Professional.objects.select_for_update(of=("self",)).get(pk=professional_id)
    policy_for(Professional).require(actor, "edit", row)
    row.require_version(version)
    return _written(row, words, actor=actor, verb="cases.professional.changed")


def _written(
    row: Professional, words: ProfessionalWords, *, actor: Actor, verb: str
) -> Professional:
    if words.valid_to is not None and words.valid_to < words.valid_from:
        raise RuleBroken("term", _("The term ends before it begins."), "valid_to")
    same = Professional.objects.filter(
        jurisdiction=row.jurisdiction, profession=words.profession, name=words.name
    )
    same = same.filter(certificate=words.certificate, firm=words.firm).exclude(pk=row.pk)
    if same.overlapping(words.valid_from, words.valid_to).exists():
        message = _("“%(name)s” is listed already; tell them apart by certificate or firm.")
        raise RuleBroken("listed", message % {"name": words.name}, "name")
    for name in ProfessionalWords.__dataclass_fields__:
        setattr(row, name, getattr(words, name))
    row.store()
    record(actor, verb, row, profession=words.profession)
    return row


@action
def request_help(
    dispute_id: int,
    *,
    actor: Actor,
    at: datetime,
    profession: str,
    need: str,
    requested_by: Organization,
    token: str | None = None,
) -> Assignment:
    """Ask for a lawyer, expert or adviser; a mediator comes with the mediation's own steps.

    Raises PermissionDenied; RuleBroken "by_mediation" (field profession).
    """
    dispute = locked_dispute(dispute_id)
    made = Assignment.made_before(token, profession=profession)
    if made is not None:
        return made
    if actor is not None and not (
        works_for(actor, requested_by) and policy_for(Dispute).sees(actor, dispute)
    ):
        raise PermissionDenied("request")
    if profession == Profession.MEDIATOR:
        message = _("A mediator is assigned when a mediation is entrusted.")
        raise RuleBroken("by_mediation", message, "profession")
    assignment = Assignment(
        dispute=dispute,
        profession=profession,
        need=need,
        requested_by=requested_by,
        requested_on=timezone.localtime(at).date(),
        form_token=token,
    )
    assignment.store()
    record(actor, "cases.assignment.requested", assignment, profession=profession)
    return assignment


@action
def assign_help(
    assignment_id: int,
    *,
    actor: Actor,
    at: datetime,
    professional: Professional,
    version: int | None = None,
) -> Assignment:
    """Assign somebody of the register; another one after the first has declined.

    Raises PermissionDenied; RuleBroken "stale", "not_waiting", "not_listed",
    "other_profession" (field professional).
    """
    assignment = _locked(assignment_id, actor, "assign", version)
    waits = (AssignmentState.REQUESTED, AssignmentState.DECLINED)
    _require_state(assignment, *waits)
    on = timezone.localtime(at).date()
    require_listed(professional, assignment, on)
    assignment.professional, assignment.assigned_on = professional, on
    assignment.state, assignment.answered_on = AssignmentState.ASSIGNED, None
    assignment.store()
    record(actor, "cases.assignment.made", assignment, professional=professional.public_id)
    admit_professional(assignment, at=at)
    return assignment


@action
def answer_help(
    assignment_id: int,
    *,
    actor: Actor,
    at: datetime,
    accepted: bool,
    reason: str = "",
    version: int | None = None,
) -> Assignment:
    """Raises PermissionDenied; RuleBroken "stale", "not_waiting", "no_reason" (field reason)."""
    assignment = _locked(assignment_id, actor, "answer", version)
    _require_state(assignment, AssignmentState.ASSIGNED)
    if not accepted and not reason.strip():
        raise RuleBroken("no_reason", _("Say why it cannot be taken on."), "reason")
    assignment.state = AssignmentState.ACCEPTED if accepted else AssignmentState.DECLINED
    assignment.answered_on = timezone.localtime(at).date()
    assignment.reason = reason
    assignment.store()
    record(actor, "cases.assignment.answered", assignment, accepted=accepted, reason=reason)
    if not accepted:
        release(assignment)
    return assignment


@action
def cancel_help(
    assignment_id: int, *, actor: Actor, at: datetime, reason: str, version: int | None = None
) -> Assignment:
    """Raises PermissionDenied; RuleBroken "stale", "not_waiting", "no_reason" (field reason)."""
    assignment = _locked(assignment_id, actor, "cancel", version)
    if assignment.state in (AssignmentState.CANCELLED, AssignmentState.REPLACED):
        raise RuleBroken("not_waiting", _("This request is over."))
    if not reason.strip():
        raise RuleBroken("no_reason", _("Say why it is not needed any more."), "reason")
    assignment.state, assignment.reason = AssignmentState.CANCELLED, reason
    assignment.store()
    record(actor, "cases.assignment.cancelled", assignment, reason=reason)
    release(assignment)
    return assignment


def _locked(assignment_id: int, actor: Actor, verb: str, version: int | None) -> Assignment:
    named = Assignment.objects.values_list("dispute", flat=True).get(pk=assignment_id)
    dispute = locked_dispute(named)
    rows = Assignment.objects.select_for_update(of=("self",))
    assignment = rows.select_related("professional__user", "requested_by").get(pk=assignment_id)
    assignment.dispute = dispute
    if assignment.procedure_id is not None:
        message = _("A mediator is assigned when a mediation is entrusted.")
        raise RuleBroken("by_mediation", message)
    policy_for(Assignment).require(actor, verb, assignment)
    assignment.require_version(version)
    return assignment


def _require_state(assignment: Assignment, *states: str) -> None:
    if assignment.state not in states:
        message = _("This is “%(state)s” already.") % {"state": assignment.get_state_display()}
        raise RuleBroken("not_waiting", message)


@action
def refer_to_legal_aid(
    dispute_id: int,
    *,
    actor: Actor,
    at: datetime,
    party: Party,
    referred_by: Organization,
    ground: str,
    on: date,
    token: str | None = None,
) -> LegalAid:
    """Raises PermissionDenied; RuleBroken "future" (field on), "other_dispute", "referred"
    (field party)."""
    dispute = locked_dispute(dispute_id)
    made = LegalAid.made_before(token, party=party)
    if made is not None:
        return made
    aid = LegalAid(
        dispute=dispute,
        party=party,
        referred_by=referred_by,
        referred_on=on,
        ground=ground,
        form_token=token,
    )
    if actor is not None and not (
        refers_aid(actor, aid) and policy_for(Dispute).sees(actor, dispute)
    ):
        raise PermissionDenied("refer")
    if party.dispute_id != dispute.pk:
        raise RuleBroken("other_dispute", _("Choose a party of this dispute."), "party")
    require_past(on, at)
    if LegalAid.objects.filter(party=party, result=AidResult.PENDING).exists():
        raise RuleBroken("referred", _("This party is referred already."), "party")
    aid.store()
    record(actor, "cases.legal_aid.referred", aid, party=party.public_id, on=str(on))
    return aid


@action
def decide_legal_aid(
    aid_id: int,
    *,
    actor: Actor,
    at: datetime,
    result: str,
    on: date,
    lawyer: Professional | None = None,
    version: int | None = None,
) -> LegalAid:
    """Raises PermissionDenied; RuleBroken "stale", "decided", "future", "too_early" (field on)."""
    rows = LegalAid.objects.select_for_update(of=("self",)).select_related("dispute")
    aid = rows.get(pk=aid_id)
    policy_for(LegalAid).require(actor, "decide", aid)
    aid.require_version(version)
    if aid.result != AidResult.PENDING or result == AidResult.PENDING:
        raise RuleBroken("decided", _("Say whether it is granted or refused, once."), "result")
    require_past(on, at)
    if on < aid.referred_on:
        message = _("The party was referred on %(day)s.") % {"day": aid.referred_on}
        raise RuleBroken("too_early", message, "on")
    aid.result, aid.decided_on = result, on
    aid.lawyer = lawyer if result == AidResult.GRANTED else None
    aid.store()
    record(actor, "cases.legal_aid.decided", aid, result=result, on=str(on))
    return aid

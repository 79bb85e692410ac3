"""The only writers of proposals: noticed by the portal, accepted or dismissed by a person."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from cases.models import Appearance, Performance
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.notifications.send import notify_once
from members.models import Organization
from members.rosters import users_of
from suggestions import case_proposals, class_letters
from suggestions.actions.letters import create_letter
from suggestions.actions.steps import day_of, office_language
from suggestions.models import Proposal, Suggestion
from suggestions.proposal_kinds import kind_of, sentence_of
from suggestions.states import ProposalState


def notice_classes(*, on: date, at: datetime) -> list[Proposal]:
    """Propose a suggestion on every class of cases that a day shows; each once, ever.

    A second run, a run after missed days and two at once make no second proposal.
    """
    made = [
        notice(
            class_letters.REASON,
            organization=found.unit,
            to_organization=found.issuer,
            mark=found.mark,
            data=found.data,
            on=on,
            at=at,
        )
        for found in class_letters.classes_on(on)
    ]
    return [proposal for proposal in made if proposal is not None]


def notice_disputes(*, on: date, at: datetime) -> list[Proposal]:
    """Propose a suggestion on what disputes show on a day; each once, ever."""
    made = [_propose(found, on=on, at=at) for found in case_proposals.found_on(on)]
    return [proposal for proposal in made if proposal is not None]


def notice_performance(item: Performance, *, on: date, at: datetime) -> Proposal | None:
    """Called by the room of disputes when something was performed late."""
    found = case_proposals.of_performance(item)
    return _propose(found, on=on, at=at) if found else None


def notice_appearance(appearance: Appearance, *, on: date, at: datetime) -> Proposal | None:
    """Called by the room of disputes when an agency failed a hearing."""
    found = case_proposals.of_appearance(appearance)
    return _propose(found, on=on, at=at) if found else None


def _propose(found: case_proposals.Found, *, on: date, at: datetime) -> Proposal | None:
    return notice(
        found.reason,
        organization=found.unit,
        to_organization=found.court,
        mark=found.mark,
        data=found.data,
        on=on,
        at=at,
    )


@action
def notice(
    reason: str,
    *,
    organization: Organization,
    to_organization: Organization,
    mark: str,
    data: dict,
    on: date,
    at: datetime,
) -> Proposal | None:
    """Put a proposal about a unit to an organization; None if it was proposed before.

    `reason` is a key of `suggestions.proposal_kinds`; `mark` makes it one of its kind.
    """
    # The row of whom it is put to keeps two workers from proposing the same at once.
    Organization.objects.select_for_update(no_key=True).get(pk=to_organization.pk)
    if Proposal.objects.filter(organization=organization, reason=reason, mark=mark).exists():
        return None
    proposal = Proposal(
        jurisdiction=to_organization.jurisdiction,
        organization=organization,
        to_organization=to_organization,
        reason=reason,
        mark=mark,
        data=data,
        noticed_on=on,
    )
    proposal.store()
    with office_language():
        what = sentence_of(proposal)
        title = _("To be decided: %(what)s") % {"what": what}
    record(None, "suggestions.proposal.noticed", proposal, what=what)
    can = policy_for(Proposal).can
    people = [user for user in users_of(to_organization, on) if can(user, "decide", proposal)]
    notify_once(people, proposal, reason="noticed", title=title, at=at)
    return proposal


@action
def accept(proposal_id: int, *, actor: Actor, at: datetime) -> Suggestion:
    """Make a draft of what is proposed; sent twice, it is made once.

    Raises RuleBroken "decided", and what `suggestions.actions.letters.create_letter` does.
    """
    proposal = _locked(proposal_id)
    policy_for(Proposal).require(actor, "decide", proposal)
    if proposal.suggestion is not None and proposal.decided_by == actor:
        return proposal.suggestion
    _require_waiting(proposal)
    on = day_of(at)
    mechanism, words = kind_of(proposal).words(proposal, actor, on)
    letter = create_letter(mechanism.pk, actor=actor, at=at, words=words)
    proposal.suggestion = letter
    _decide(proposal, ProposalState.ACCEPTED, actor, on)
    record(actor, "suggestions.proposal.accepted", proposal, letter=letter.public_id)
    return letter


@action
def dismiss(proposal_id: int, *, actor: Actor, at: datetime, reason: str) -> Proposal:
    """Put a proposal aside, for a reason that stays on record.

    Raises RuleBroken "decided", "no_reason" (field reason).
    """
    proposal = _locked(proposal_id)
    policy_for(Proposal).require(actor, "decide", proposal)
    _require_waiting(proposal)
    if not reason.strip():
        raise RuleBroken("no_reason", _("Say why."), "reason")
    proposal.remark = reason.strip()
    _decide(proposal, ProposalState.DISMISSED, actor, day_of(at))
    record(actor, "suggestions.proposal.dismissed", proposal, reason=proposal.remark)
    return proposal


def _locked(proposal_id: int) -> Proposal:
    return (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("organization", "to_organization", "jurisdiction", "suggestion")
        .get(pk=proposal_id)
    )


def _require_waiting(proposal: Proposal) -> None:
    if not proposal.is_waiting:
        message = _("This was decided on %(day)s: %(state)s.")
        day = proposal.decided_on.isoformat() if proposal.decided_on else "—"
        names = {"day": day, "state": proposal.get_state_display()}
        raise RuleBroken("decided", message % names)


def _decide(proposal: Proposal, to: str, actor: Actor, on: date) -> None:
    proposal.state, proposal.decided_by, proposal.decided_on = to, actor, on
    proposal.store()

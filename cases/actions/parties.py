"""The data of parties: opened for a reason, corrected, and who speaks for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.disputes import PartyWords, add_party, digest_of, shown_name
from cases.actions.participants import add_party_to, add_third_party
from cases.actions.steps import locked_dispute
from cases.identity import code_fault, usual
from cases.models import Agent, Dispute, Participant, Party, Procedure, Reveal
from cases.policy.circle import registers
from cases.speaking import carried_over
from cases.states import PartyKind
from foundations.access.errors import RuleBroken
from foundations.access.masking import mask_name
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members.models import User
from members.policy import works_for

LEAST_REASON = 4
"""Signs of a reason: one word says nothing."""
CORRECTED = (
    *("name", "id_number", "gender", "born_on", "ethnicity", "phone", "address"),
    *("district", "representative"),
)


@dataclass(frozen=True)
class AgentWords:
    """Who speaks for a party, as the form gives it."""

    name: str
    profession: str = ""
    firm: str = ""
    phone: str = ""
    special: bool = False
    represents_group: bool = False


@action
def reveal(
    party_id: int, *, actor: Actor, at: datetime, reason: str, token: str | None = None
) -> Party:
    """Open what is masked of a party, once for a form; who, when and why is kept.

    Raises PermissionDenied; RuleBroken "reveal_reason" (field reason), "form_used".
    """
    party = (
        Party.objects.select_for_update(of=("self",)).select_related("dispute").get(pk=party_id)
    )
    policy_for(Party).require(actor, "reveal", party)
    _check_reason(party, reason)
    if Reveal.made_before(token) is not None:
        message = _("What was opened here is shown once. Ask again if it is needed again.")
        raise RuleBroken("form_used", message)
    opened = Reveal(party=party, user=actor, at=at, reason=reason.strip(), form_token=token)
    opened.store()
    record(actor, "cases.party.revealed", party, reason=opened.reason)
    return party


def _check_reason(party: Party, reason: str) -> None:
    """The reason goes into the trail, and what is opened must not."""
    if len("".join(reason.split())) < LEAST_REASON:
        message = _("Say for what it is needed; the reason is kept with the name of who asked.")
        raise RuleBroken("reveal_reason", message, "reason")
    secret = (party.id_number, party.phone, party.name if len(party.name) > 1 else "")
    if party.kind == PartyKind.NATURAL and any(one and one in reason for one in secret):
        message = _("Leave the party's name and numbers out of the reason.")
        raise RuleBroken("reveal_reason", message, "reason")


@action
def correct_party(
    party_id: int,
    *,
    actor: Actor,
    at: datetime,
    changes: dict[str, str],
    other_document: bool = False,
    version: int | None = None,
) -> Party:
    """Write what was corrected of a party; what `changes` does not name stays unopened.

    The trail keeps which fields were changed, not to what. Raises PermissionDenied;
    RuleBroken "stale", "no_name" (field name), "bad_code" (field id_number), "unchanged".
    """
    dispute = locked_dispute(Party.objects.values_list("dispute", flat=True).get(pk=party_id))
    party = Party.objects.select_for_update(of=("self",)).get(pk=party_id)
    policy_for(Dispute).require(actor, "edit", dispute)
    party.require_version(version)
    party.dispute = dispute
    if strange := changes.keys() - set(CORRECTED):
        raise ValueError(f"no fields of a party: {sorted(strange)}")
    for name, value in changes.items():
        setattr(party, name, value.strip())
    _check_corrected(party, changes, at, other_document)
    before = party.shown_name
    party.shown_name = shown_name(party.kind, party.name)
    party.id_number = usual(party.id_number)
    party.name_digest, party.id_digest = digest_of(party.name), digest_of(party.id_number)
    party.store()
    if before != party.shown_name:
        _retitle(dispute, before, party.shown_name)
    record(actor, "cases.party.corrected", party, fields=sorted(changes))
    return party


def _check_corrected(party: Party, changes: dict[str, str], at: datetime, other: bool) -> None:
    if not changes:
        raise RuleBroken("unchanged", _("Nothing was changed: fill in what is to be corrected."))
    if not party.name:
        raise RuleBroken("no_name", _("Name every party."), "name")
    if "id_number" in changes:
        words = PartyWords(party.kind, party.name, id_number=party.id_number)
        check_numbers(words, on=timezone.localtime(at).date(), other=other, field="id_number")


def _retitle(dispute: Dispute, before: str, after: str) -> None:
    """The title begins with the first party as lists print it."""
    if dispute.title.startswith(before):
        dispute.title = (after + dispute.title.removeprefix(before))[:200]
        dispute.store()


def check_numbers(
    words: PartyWords, *, on: date, other: bool = False, field: str = "parties"
) -> None:
    """Raise RuleBroken("bad_code") for an identity or credit code that cannot be right."""
    fault = "" if other else code_fault(words.kind, words.id_number, on=on)
    if fault:
        raise RuleBroken("bad_code", fault, field)


@action
def enter_party(
    procedure_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    words: PartyWords,
    third: bool = False,
    other_document: bool = False,
    reason: str = "",
) -> Participant:
    """Enter another party into a dispute and one of its procedures, as whoever brought it
    up or as a third party.

    Raises PermissionDenied; RuleBroken "no_party" (field name), "bad_code" (field
    id_number), and what `cases.actions.participants` raises.
    """
    procedure = Procedure.objects.get(pk=procedure_id)
    dispute = locked_dispute(procedure.dispute_id)
    if not words.name.strip():
        raise RuleBroken("no_party", _("Name every party."), "name")
    today = timezone.localtime(at).date()
    check_numbers(words, on=today, other=other_document, field="id_number")
    party = add_party(dispute, words, dispute.parties.count())
    if third:
        return add_third_party(
            procedure_id, actor=actor, at=at, on=on, entrant=party, reason=reason
        )
    return add_party_to(procedure_id, actor=actor, at=at, on=on, party=party, reason=reason)


@action
def enter_agent(participant_id: int, *, actor: Actor, at: datetime, words: AgentWords) -> Agent:
    """Enter who speaks for a party in one procedure.

    Raises PermissionDenied; RuleBroken "no_agent" (field name).
    """
    part = Participant.objects.select_related("procedure__dispute", "procedure__organ").get(
        pk=participant_id
    )
    if actor is not None and not may_enter(actor, part.procedure):
        raise PermissionDenied("agent")
    agent = write_agent(part, words)
    record(actor, "cases.agent.entered", part, profession=agent.profession)
    return agent


@action
def carry_agents(
    dispute_id: int, *, actor: Actor, at: datetime, parts: Sequence[str]
) -> list[Agent]:
    """Enter again, in the procedures under way, who spoke for these participants before.

    `parts` are public ids of those that `cases.speaking.carried_over` proposes; others are
    passed over, so that a form sent twice enters nobody twice. Raises PermissionDenied.
    """
    dispute = locked_dispute(dispute_id)
    made = []
    for one in carried_over(dispute):
        if one.part.public_id not in parts:
            continue
        if actor is not None and not may_enter(actor, one.part.procedure):
            raise PermissionDenied("agent")
        made += [write_agent(one.part, _words_of(agent)) for agent in one.agents]
        record(actor, "cases.agent.carried", one.part, count=len(one.agents))
    return made


def _words_of(agent: Agent) -> AgentWords:
    return AgentWords(**{name: getattr(agent, name) for name in AgentWords.__dataclass_fields__})


def may_enter(user: User, procedure: Procedure) -> bool:
    """Who handles the procedure, or keeps the dispute."""
    return works_for(user, procedure.organ) or registers(user, procedure.dispute)


def write_agent(part: Participant, words: AgentWords) -> Agent:
    if not words.name.strip():
        raise RuleBroken("no_agent", _("Name who speaks for the party."), "name")
    agent = Agent(
        participant=part,
        name=words.name.strip(),
        shown_name=mask_name(words.name.strip()),
        profession=words.profession,
        firm=words.firm,
        phone=words.phone,
        special=words.special,
        represents_group=words.represents_group,
    )
    agent.full_clean(exclude=["participant"])
    agent.save()
    return agent

"""The parties of a dispute: masked for its readers, opened one by one for a reason."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from cases.actions.parties import (
    carry_agents,
    correct_party,
    enter_agent,
    enter_party,
    may_enter,
    reveal,
)
from cases.forms.parties import (
    AgentForm,
    CarryForm,
    CorrectForm,
    EnterForm,
    RevealForm,
    is_minor,
)
from cases.models import Agent, Dispute, Participant, Party, Procedure, Reveal
from cases.policy.circle import registers
from cases.speaking import Carried, carried_over
from cases.states import PartyKind
from cases.views.finding import find_dispute
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.masking import mask_phone
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from members.policy import works_for

REVEALS_SHOWN = 5


@dataclass(frozen=True)
class PartyLine:
    """A party as the page shows it (P3)."""

    party: Party
    roles: list[str] = field(default_factory=list)
    agents: list[Agent] = field(default_factory=list)
    minor: bool = False

    @property
    def id_number(self) -> str:
        """Of a person the first four and last two; the code of an organization is public."""
        number = self.party.id_number
        if self.party.kind != PartyKind.NATURAL:
            return number
        return f"{number[:4]}{'*' * 12}{number[-2:]}" if len(number) > 8 else "****" * bool(number)

    @property
    def phone(self) -> str:
        return mask_phone(self.party.phone) if self.party.phone else ""


def parties_section(request: SignedInRequest, dispute: Dispute) -> dict:
    """The context of `_parties.html`; a fixed number of queries."""
    parties = list(dispute.parties.all())
    for party in parties:
        party.dispute = dispute
    roles, agents = _parts(dispute)
    lines = [
        PartyLine(
            party,
            list(dict.fromkeys(roles[party.pk])),
            agents[party.pk],
            is_minor(party.born_on, dispute.filed_on),
        )
        for party in parties
    ]
    keeps = registers(request.user, dispute)
    opened = visible_to(request.user, Reveal).filter(party__dispute=dispute)
    first = parties[0] if parties else None
    return {
        "party_lines": lines,
        "may_reveal": bool(first) and policy_for(Party).can(request.user, "reveal", first),
        "may_correct": keeps,
        "may_enter_party": keeps,
        "may_carry": bool(_carried(request, dispute, keeps=keeps)),
        "reveals": list(opened.select_related("party", "user")[:REVEALS_SHOWN]) if keeps else [],
    }


def _parts(dispute: Dispute) -> tuple[dict[int, list[str]], dict[int, list[Agent]]]:
    """What each party is called, and who speaks for it, over all procedures."""
    roles: dict[int, list[str]] = defaultdict(list)
    agents: dict[int, list[Agent]] = defaultdict(list)
    parts = Participant.objects.filter(procedure__dispute=dispute, party__isnull=False)
    for part in parts.prefetch_related("agents").order_by("procedure__opened_on", "pk"):
        roles[part.party_id].append(str(part.get_role_display()))
        agents[part.party_id] += part.agents.all()
    return roles, agents


def _carried(request: SignedInRequest, dispute: Dispute, *, keeps: bool) -> list[Carried]:
    """Who may be entered again by the reader, who may `keep` the dispute or handle some of
    its procedures."""
    found = carried_over(dispute)
    return [one for one in found if keeps or works_for(request.user, one.part.procedure.organ)]


def _find_party(request: SignedInRequest, public_id: str) -> Party:
    rows = visible_to(request.user, Party).select_related(
        "dispute__jurisdiction", "dispute__registered_by", "dispute__agency"
    )
    party: Party = get_object_or_404(rows, public_id=public_id)
    return party


@login_required
@never_cache
@page_of_form
def reveal_party(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Asked for with a reason, shown in the answer to that alone: no address leads back."""
    party = _find_party(request, public_id)
    policy_for(Party).require(request.user, "reveal", party)
    form = filled(request, RevealForm)
    back = f"{party.dispute.get_absolute_url()}?tab=parties"
    if sent(request, form, reveal, party_id=party.pk):
        parts = Participant.objects.filter(party=party).prefetch_related("agents")
        agents = [agent for part in parts for agent in part.agents.all()]
        context = {"party": party, "dispute": party.dispute, "agents": agents, "back": back}
        return render(request, "cases/parties_revealed.html", context)
    return form_page(
        request,
        "cases/parties_reveal.html",
        form,
        title=_("See in full: %(party)s") % {"party": party},
        verb=_("See in full"),
        back=back,
        party=party,
    )


@login_required
@sensitive_post_parameters()
@page_of_form
def correct(request: SignedInRequest, public_id: str) -> HttpResponse:
    party = _find_party(request, public_id)
    policy_for(Dispute).require(request.user, "edit", party.dispute)
    given = {"party": party, "on": timezone.localdate()}
    form = filled(request, CorrectForm, given, version=party.version)
    back = f"{party.dispute.get_absolute_url()}?tab=parties"
    if sent(request, form, correct_party, party_id=party.pk):
        messages.success(request, _("The party was corrected."))
        return redirect(back)
    return form_page(
        request,
        "cases/parties_correct.html",
        form,
        title=_("Correct: %(party)s") % {"party": party},
        verb=_("Save the correction"),
        back=back,
        line=PartyLine(party),
    )


@login_required
@sensitive_post_parameters()
@page_of_form
def enter(request: SignedInRequest, public_id: str) -> HttpResponse:
    dispute = find_dispute(request, public_id, "edit")
    today = timezone.localdate()
    given = {"procedures": _open_procedures(dispute), "on": today}
    form = filled(request, EnterForm, given, joined_on=today)
    back = f"{dispute.get_absolute_url()}?tab=parties"
    if sent(request, form, enter_party):
        for notice in form.notices:
            messages.info(request, notice)
        messages.success(request, _("The party is entered."))
        return redirect(back)
    return form_page(
        request,
        "cases/parties_enter.html",
        form,
        title=_("Enter a party"),
        verb=_("Enter the party"),
        back=back,
        dispute=dispute,
    )


def _open_procedures(dispute: Dispute) -> QuerySet[Procedure]:
    return dispute.procedures.filter(closed_on=None).order_by("-opened_on", "-pk")


@login_required
@sensitive_post_parameters()
@page_of_form
def agent(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Who speaks for a party, entered by who handles the procedure or keeps the dispute."""
    dispute = find_dispute(request, public_id)
    mine = [one for one in _open_procedures(dispute) if may_enter(request.user, one)]
    if not mine:
        policy_for(Dispute).require(request.user, "edit", dispute)
    rows = Participant.objects.filter(procedure__in=mine, party__isnull=False)
    rows = rows.select_related("procedure", "party")
    form = filled(request, AgentForm, {"participants": rows})
    back = f"{dispute.get_absolute_url()}?tab=parties"
    if sent(request, form, enter_agent):
        messages.success(request, _("The agent is entered."))
        return redirect(back)
    return form_page(
        request,
        "cases/parties_agent.html",
        form,
        title=_("Enter an agent"),
        verb=_("Enter the agent"),
        back=back,
        dispute=dispute,
    )


@login_required
@page_of_form
def carry(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Who spoke for a party before is proposed for the next procedure; 404 for nobody."""
    dispute = find_dispute(request, public_id)
    carried = _carried(request, dispute, keeps=registers(request.user, dispute))
    back = f"{dispute.get_absolute_url()}?tab=parties"
    if not carried:
        raise Http404
    form = filled(request, CarryForm, {"carried": carried})
    if sent(request, form, carry_agents, dispute_id=dispute.pk):
        messages.success(request, _("They speak for the parties in this procedure too."))
        return redirect(back)
    return form_page(
        request,
        "cases/parties_agent.html",
        form,
        title=_("Carry over who speaks for the parties"),
        verb=_("Carry over"),
        back=back,
        dispute=dispute,
    )

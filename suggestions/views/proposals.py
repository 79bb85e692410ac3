"""What the portal proposes: the queue, one proposal with its facts, and the decision."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from django_filters import ChoiceFilter, FilterSet

from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from suggestions.actions import proposals as actions
from suggestions.forms.proposals import DismissForm
from suggestions.models import Proposal, Suggestion
from suggestions.proposal_kinds import choices, kind_of, sentence_of
from suggestions.states import ProposalState


class ProposalFilter(FilterSet):
    state = ChoiceFilter(label=gettext_lazy("State"), choices=ProposalState.choices)
    reason = ChoiceFilter(label=gettext_lazy("Kind"), choices=choices)

    class Meta:
        model = Proposal
        fields: list[str] = []


class ProposalLedger(Ledger):
    name = "proposals"
    title = gettext_lazy("Proposals")
    subtitle = gettext_lazy("noticed by the portal, decided by people")
    model = Proposal
    filterset_class = ProposalFilter
    search_fields = ("organization__name", "organization__short_name", "mark")
    search_hint = gettext_lazy("Unit, kind of problem")
    columns = (
        Column("what", gettext_lazy("Noticed"), value=sentence_of),
        Column("state", gettext_lazy("State"), value="get_state_display", width="132"),
        Column(
            "unit", gettext_lazy("Unit concerned"), value="organization.short_name", width="160"
        ),
        Column("to", gettext_lazy("For"), value="to_organization.short_name", width="140"),
        Column("noticed_on", gettext_lazy("Day"), sort="noticed_on", width="120"),
        Column("remark", gettext_lazy("Reason"), shown=False),
    )
    order = "-noticed_on"
    row_template = "suggestions/proposal_row.html"
    empty = gettext_lazy("No proposals here")
    standing_views = (
        (gettext_lazy("To be decided"), "state=waiting"),
        (gettext_lazy("Accepted"), "state=accepted"),
        (gettext_lazy("Dismissed"), "state=dismissed"),
        (gettext_lazy("All"), ""),
    )
    opens_on = "state=waiting"


@login_required
@require_GET
def proposals(request: SignedInRequest) -> HttpResponse:
    rows = visible_to(request.user, Proposal).select_related("organization", "to_organization")
    return ledger_response(request, ProposalLedger, rows=rows)


def find_proposal(request: SignedInRequest, public_id: str, verb: str = "") -> Proposal:
    """404 if the reader does not see it, 403 if they see it and may not do `verb`."""
    rows = visible_to(request.user, Proposal).select_related(
        "organization", "to_organization", "jurisdiction", "decided_by", "suggestion"
    )
    found: Proposal = get_object_or_404(rows, public_id=public_id)
    if verb:
        policy_for(Proposal).require(request.user, verb, found)
    return found


@login_required
@require_GET
def proposal(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = find_proposal(request, public_id)
    kind = kind_of(found)
    made = visible_to(request.user, Suggestion).filter(pk=found.suggestion_id).first()
    context = {
        "proposal": found,
        "kind_label": kind.label,
        "sentence": kind.sentence(found),
        "facts": kind.facts(found, request.user),
        "letter": made,
        "may_decide": found.is_waiting and policy_for(found).can(request.user, "decide", found),
    }
    return render(request, "suggestions/proposal.html", context)


@login_required
@require_POST
def accept(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = find_proposal(request, public_id, "decide")
    letter = actions.accept(found.pk, actor=request.user, at=timezone.now())
    messages.success(request, _("A draft was made of it. Look it over before it is issued."))
    return redirect("suggestions:edit", letter.public_id)


@page_of_form
@login_required
def dismiss(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = find_proposal(request, public_id, "decide")
    form = filled(request, DismissForm)
    if sent(request, form, actions.dismiss, proposal_id=found.pk):
        messages.success(request, _("The proposal is dismissed; it does not come back."))
        return redirect("suggestions:proposals")
    return form_page(
        request,
        "suggestions/proposal_dismiss.html",
        form,
        title=_("Dismiss the proposal"),
        verb=_("Dismiss"),
        back=found,
        sentence=sentence_of(found),
    )

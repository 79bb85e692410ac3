"""The page of one dispute: where it stands, who has to act, what is due."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_GET

from cases.acts import Act, wanted
from cases.models import Dispute, RiskRating
from cases.pills import pill_of_dispute
from cases.views.course import acts_of, frame_of
from cases.views.finding import find_dispute
from cases.views.sections import TABS, Tab, tab_of
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from members.policy import WORKERS
from members.standing import standing


@dataclass(frozen=True)
class TabLink:
    name: str | Promise
    url: str
    current: bool


@require_GET
@login_required
def detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    dispute = find_dispute(request, public_id)
    tab = tab_of(request.GET.get("tab", ""))
    if tab is None:
        raise Http404
    context: dict = {
        "dispute": dispute,
        "pill": pill_of_dispute(dispute),
        "tab": tab,
        "tabs": [_link(dispute, one, tab) for one in TABS if one.sections],
        "main": [one.template for one in tab.sections if not one.beside],
        "aside": [one.template for one in tab.sections if one.beside],
        "risk": _risk(request, dispute),
        **frame_of(request, dispute),
        **_verbs(request, dispute),
    }
    for section in tab.sections:
        context |= section.make(request, dispute)
    return render(request, "cases/detail.html", context)


def _link(dispute: Dispute, tab: Tab, here: Tab) -> TabLink:
    query = f"?tab={tab.key}" if tab.key else ""
    return TabLink(tab.name, f"{dispute.get_absolute_url()}{query}", tab == here)


def _risk(request: SignedInRequest, dispute: Dispute) -> RiskRating | None:
    """The rating that holds, for whom it is meant; never for a party."""
    rows = visible_to(request.user, RiskRating)
    found: RiskRating | None = rows.filter(dispute=dispute, current=True).first()
    return found


def _verbs(request: SignedInRequest, dispute: Dispute) -> dict:
    """The one step that the dispute waits for; the others stand behind it."""
    acts: list[Act] = acts_of(request, dispute)
    first = wanted(acts)
    return {
        "primary": first,
        "acts": [act for act in acts if act != first],
        "may_open": standing(request.user).has(*WORKERS),
    }

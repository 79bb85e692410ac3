"""驾驶舱: one page for phone, desk and wall."""

from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from dashboards.leaders.board import Board
from dashboards.leaders.ratios import BESIDE, FIVE, cards
from dashboards.leaders.unit import UnitPage
from dashboards.leaders.units import SHOWN, unit_lines
from dashboards.policy import judged_for
from dashboards.views.compliance import find_judged
from dashboards.views.figures import frame, read_period
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from members.models import Organization


@require_GET
@login_required
def front(request: SignedInRequest) -> HttpResponse:
    """The page of the reader's only institution, or a choice among them."""
    found = list(judged_for(request.user).select_related("jurisdiction").order_by("pk"))
    if len(found) == 1:
        return redirect("dashboards:leaders", found[0].key)
    return render(request, "dashboards/figures_front.html", {"mechanisms": found, "board": True})


@require_GET
@login_required
def leaders(request: SignedInRequest, key: str) -> HttpResponse:
    """The running year, or the period that the address asks for."""
    mechanism = find_judged(request, key)
    form, asked = read_period(request, mechanism)
    units = unit_lines(asked)
    context = {
        **frame(request, mechanism, form, asked),
        "five": cards(asked, FIVE, with_course=True),
        "beside": cards(asked, BESIDE, with_course=False),
        "board": Board(asked),
        "units": units[:SHOWN],
        "all_units": len(units),
    }
    return render(request, "dashboards/leaders.html", context)


@require_GET
@login_required
def unit(request: SignedInRequest, key: str, public_id: str) -> HttpResponse:
    """The same of one unit, with what it owes and by when."""
    mechanism = find_judged(request, key)
    units = visible_to(request.user, Organization).filter(jurisdiction=mechanism.jurisdiction_id)
    found = get_object_or_404(units, public_id=public_id)
    form, asked = read_period(request, mechanism)
    asked = replace(asked, unit=found)
    page = UnitPage(asked, found)
    context = {**frame(request, mechanism, form, asked), "page": page, "unit": found}
    return render(request, "dashboards/unit.html", context)

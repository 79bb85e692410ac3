"""驾驶舱: one page for phone, desk and wall."""

from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from cases.states import Kind
from dashboards.actions import note_table
from dashboards.figures.asked import Asked
from dashboards.figures.terms import PERS, per_named
from dashboards.forms.figures import FiguresForm
from dashboards.leaders.board import Board
from dashboards.leaders.comparison import comparison
from dashboards.leaders.ratios import ratios
from dashboards.leaders.told import TOLD, UNDER_WAY
from dashboards.leaders.unit import UnitPage
from dashboards.leaders.units import SHOWN, Rank, unit_lines
from dashboards.leaders.workbook import compared_workbook
from dashboards.policy import judged_for, may_keep_displays
from dashboards.views import fronts
from dashboards.views.compliance import find_judged
from dashboards.views.figures import PER_NAMES, frame, read_period
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from foundations.calendars.terms import Per
from foundations.ledgers.export import FORMATS
from foundations.ledgers.ledger import ledger_response
from mechanisms.models import Mechanism
from members.models import Organization

front = fronts.front(judged_for, "dashboards:leaders", gettext_lazy("Leaders' page"))


@require_GET
@login_required
def leaders(request: SignedInRequest, key: str) -> HttpResponse:
    """The running year, or the period that the address asks for; always of the whole."""
    mechanism = find_judged(request, key)
    form, asked = read_period(request, mechanism)
    asked = replace(asked, unit=None, area="")
    rank = _rank(request)
    board = Board(asked)
    units = unit_lines(asked, rank, board.standing)
    context = {
        **frame(request, mechanism, form, asked),
        "ratios": ratios(asked),
        "board": board,
        "ranks": Rank,
        "rank": rank,
        "units": units if "all" in request.GET else units[:SHOWN],
        "all_units": len(units),
        "displays": may_keep_displays(request.user, mechanism),
    }
    return render(request, "dashboards/leaders.html", context)


def _rank(request: SignedInRequest) -> Rank:
    given = request.GET.get("rank", "")
    return Rank(given) if given in Rank.values else Rank.APPEARED


@require_GET
@login_required
def unit(request: SignedInRequest, key: str, public_id: str) -> HttpResponse:
    """The same of one unit, with what it owes and by when."""
    mechanism = find_judged(request, key)
    found = get_object_or_404(_units(request, mechanism), public_id=public_id)
    form, asked = read_period(request, mechanism)
    whole = replace(asked, unit=None, area="")
    page = UnitPage(replace(whole, unit=found), found)
    context = {
        **frame(request, mechanism, form, page.asked),
        "page": page,
        "unit": found,
        "whole": whole,
    }
    return render(request, "dashboards/unit.html", context)


@require_GET
@login_required
def compare(request: SignedInRequest, key: str) -> HttpResponse:
    """The ratios by month, quarter or year, each against the same term of the year before."""
    mechanism = find_judged(request, key)
    form, asked, per = _compared(request, mechanism)
    context = {
        **frame(request, mechanism, form, asked),
        "comparison": comparison(asked, per),
        "pers": [(one, PER_NAMES[one]) for one in PERS],
    }
    return render(request, "dashboards/compare.html", context)


@require_GET
@login_required
def compare_table(request: SignedInRequest, key: str) -> HttpResponse:
    """The same as a workbook, with the ways of counting."""
    mechanism = find_judged(request, key)
    _form, asked, per = _compared(request, mechanism)
    name = "-".join((_("Comparison"), str(PER_NAMES[per]), f"{asked.on:%Y%m%d}.xlsx"))
    headers = {"Content-Disposition": content_disposition_header(True, name)}
    note_table(request.user, mechanism, urlencode({"per": per.value, "on": asked.on}))
    made = compared_workbook(comparison(asked, per))
    return HttpResponse(made, content_type=FORMATS["xlsx"], headers=headers)


@require_GET
@login_required
def told(request: SignedInRequest, key: str, of: str) -> HttpResponse:
    """Exactly the rows of a count that is no indicator: what is overdue, owed, under way."""
    mechanism = find_judged(request, key)
    what = TOLD.get(of)
    if what is None:
        raise Http404("Nothing is counted under that name.")
    _form, asked = read_period(request, mechanism)
    public_id, kind = request.GET.get("unit", ""), request.GET.get("kind", "")
    found = None
    if public_id:
        found = get_object_or_404(_units(request, mechanism), public_id=public_id)
    rows = what.rows(replace(asked, unit=found)).select_related(*what.near)
    if of == UNDER_WAY and kind in Kind.values:
        rows = rows.filter(kind=kind)
    context = {
        "mechanism": mechanism,
        "asked": asked,
        "title": what.title,
        "unit": found,
        "kind": Kind(kind).label if kind in Kind.values else "",
    }
    return ledger_response(request, what.ledger(), rows=rows, context=context)


def _compared(request: SignedInRequest, mechanism: Mechanism) -> tuple[FiguresForm, Asked, Per]:
    """A period in the address chooses nothing here: the terms run until today."""
    form, asked = read_period(request, mechanism)
    asked = replace(asked, first_on=date(asked.on.year, 1, 1), last_on=asked.on, area="")
    return form, replace(asked, unit=None), per_named(request.GET.get("per", ""))


def _units(request: SignedInRequest, mechanism: Mechanism) -> QuerySet[Organization]:
    units = visible_to(request.user, Organization)
    return units.filter(jurisdiction=mechanism.jurisdiction_id)

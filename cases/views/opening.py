"""The next procedure of a dispute is opened: first which, then its form."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.actions.disputes import open_procedure
from cases.actions.steps import is_late
from cases.defendants import Proposal, defendants_after
from cases.flow.guards import agencies
from cases.foreseen import foreseen
from cases.forms.opening import OpeningForm, opening_form_of
from cases.forms.steps import asked
from cases.models import Dispute, Procedure
from cases.numbers.fields import notices
from cases.onward import Way, organs_for, way_of, ways
from cases.states import Kind
from cases.views.finding import find_dispute
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.requests import SignedInRequest
from members.models import Organization


@require_GET
@login_required
def choose(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Which procedures the reader may open here; 403 when there is none."""
    dispute = find_dispute(request, public_id)
    today = timezone.localdate()
    kinds: dict[str, bool] = {}
    offered = []
    for way in ways(_procedures(dispute)):
        if way.kind not in kinds:
            kinds[way.kind] = bool(organs_for(request.user, dispute, way.kind, today))
        if kinds[way.kind]:
            offered.append(way)
    if not offered:
        raise PermissionDenied("open_procedure")
    return render(request, "cases/choose.html", {"dispute": dispute, "ways": offered})


@page_of_form
@login_required
def opening(request: SignedInRequest, public_id: str, kind: str) -> HttpResponse:
    """404 for a procedure that does not follow here, 403 for whoever may not open it."""
    dispute = find_dispute(request, public_id)
    way = way_of(_procedures(dispute), kind, request.GET.get("after", ""))
    if way is None:
        raise Http404
    today = timezone.localdate()
    organs = organs_for(request.user, dispute, kind, today)
    if not organs:
        raise PermissionDenied("open_procedure")
    form, proposal = _form(request, dispute, way, organs, today)
    plain = {"dispute_id": dispute.pk, "kind": kind, "earlier": way.earlier, "reason": way.reason}
    if sent(request, form, open_procedure, **plain):
        told = _("“%(procedure)s” is opened.") % {"procedure": way.table.name}
        messages.success(request, told)
        for notice in notices(form):
            messages.info(request, notice)
        return redirect(dispute)
    return form_page(
        request,
        "cases/opening.html",
        form,
        title=_("Open: %(procedure)s") % {"procedure": way.table.name},
        verb=_("Open the procedure"),
        back=dispute,
        dispute=dispute,
        way=way,
        proposal=proposal,
        limits=_limits(form, dispute, way, organs[0], today),
    )


def _procedures(dispute: Dispute) -> list[Procedure]:
    rows = list(dispute.procedures.select_related("organ"))
    for one in rows:
        one.dispute = dispute
    return rows


def _form(
    request: SignedInRequest,
    dispute: Dispute,
    way: Way,
    organs: list[Organization],
    today: date,
) -> tuple[OpeningForm, Proposal | None]:
    planned = _planned(dispute, way, organs[0], today)
    proposal = _proposal(way, today)
    offered = _offered(dispute, way, proposal)
    form_class = opening_form_of(
        planned,
        organs=organs,
        offered=offered,
        today=today,
        late=_needs_reason(planned, request.POST.get("on", ""), today),
        ground=proposal.ground if proposal else "",
    )
    chosen = proposal.agencies if proposal else _against(dispute, way)
    form = filled(
        request,
        form_class,
        on=today,
        organ=organs[0].public_id,
        claimants=[one.public_id for one in form_class.parties],
        agencies=[one.public_id for one in chosen],
    )
    return form, proposal


def _planned(dispute: Dispute, way: Way, organ: Organization, on: date) -> Procedure:
    return Procedure(
        dispute=dispute, kind=way.kind, organ=organ, state=way.table.first, opened_on=on
    )


def _proposal(way: Way, on: date) -> Proposal | None:
    """Who is to be sued after a reconsideration (M3)."""
    earlier = way.earlier
    if earlier is None or earlier.kind != Kind.RECONSIDERATION:
        return None
    return defendants_after(earlier, on) if way.kind == Kind.FIRST_INSTANCE else None


def _against(dispute: Dispute, way: Way) -> list[Organization]:
    found = list(agencies(way.earlier)) if way.earlier else []
    return found or [dispute.agency]


def _offered(dispute: Dispute, way: Way, proposal: Proposal | None) -> list[Organization]:
    """The agencies that stand on the form as boxes, each once."""
    proposed = (*proposal.agencies, *proposal.instead) if proposal else ()
    return list(dict.fromkeys((*proposed, *_against(dispute, way), dispute.agency)))


def _needs_reason(planned: Procedure, typed: str, today: date) -> bool:
    try:
        return is_late(planned, date.fromisoformat(typed), today)
    except ValueError:
        return False


def _limits(
    form: OpeningForm, dispute: Dispute, way: Way, organ: Organization, today: date
) -> list:
    """Those of the organ; whoever else takes part is not entered yet."""
    on, given = today, {}
    if form.is_bound:
        form.is_valid()
        on, given = form.cleaned_data.get("on") or today, asked(form, way.table.opening)
    planned = _planned(dispute, way, organ, on)
    return foreseen(planned, way.table.opening, on, given)

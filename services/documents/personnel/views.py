"""The papers of the rosters as PDF, and the page that issues the notice of a change."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from foundations.access.forms import run
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from members.models import Body, Handover, RosterChange
from members.papers import handover_context, roster_context
from members.views.rosters import asked_day
from services.documents.personnel.actions import issue_change_notice
from services.documents.personnel.forms import ChangeNoticeForm
from services.documents.personnel.papers import notice_of
from services.documents.personnel.queries import series_of, signer_of, standing_notice
from services.documents.readers import reader_line
from services.documents.rendering.contexts import prepared
from services.documents.rendering.papers import html_of
from services.documents.rendering.pdf import render as rendered
from services.documents.rendering.stamp import stamp
from services.documents.views.serving import served, served_paper


@login_required
@require_GET
def roster_paper(request: SignedInRequest, public_id: str) -> FileResponse:
    """成员名单 as of the day in `?on=`."""
    rows = visible_to(request.user, Body).select_related("jurisdiction")
    body = get_object_or_404(rows, public_id=public_id)
    day = asked_day(request)
    return served_paper("roster", roster_context(body, day), f"{body.name}成员名单（{day}）")


@login_required
@require_GET
def handover_paper(request: SignedInRequest, public_id: str) -> FileResponse:
    """工作交接单, to be signed by both and kept."""
    rows = visible_to(request.user, Handover).select_related("giver__jurisdiction", "taker")
    handover = get_object_or_404(rows, public_id=public_id)
    context = handover_context(handover)
    return served_paper("handover_sheet", context, f"{handover.giver.name}工作交接单")


@login_required
@require_http_methods(["GET", "POST"])
def change_notice(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The notice as it would be issued now, with the one button that issues it."""
    change = _change(request, public_id)
    standing = standing_notice(change)
    if standing is not None:
        return redirect(standing)
    signer = signer_of(request.user, change, timezone.localdate())
    series = list(series_of(signer))
    data = request.POST if request.method == "POST" else None
    first = series[0].key if series else ""
    form = ChangeNoticeForm(data, series=series, initial={"series": first})
    if form.is_valid() and _issued(request, form, change):
        return redirect(standing_notice(change))
    context = {
        "change": change,
        "form": form,
        "paper": prepared("change_notice", _paper(request, change)),
        "signer": signer,
    }
    status = 422 if form.is_bound else 200
    return render(request, "documents/change_notice.html", context, status=status)


def _issued(request: SignedInRequest, form: ChangeNoticeForm, change: RosterChange) -> bool:
    now = timezone.now()
    done = run(
        form,
        issue_change_notice,
        change_id=change.pk,
        actor=request.user,
        on=timezone.localdate(now),
        at=now,
        **form.cleaned_data,
    )
    if done:
        messages.success(request, _("The notice of the change is issued."))
        if form.correction:
            messages.info(request, form.correction)
    return done


@login_required
@require_GET
def change_notice_preview(request: SignedInRequest, public_id: str) -> FileResponse:
    """The notice on paper, marked as a draft."""
    change = _change(request, public_id)
    content = rendered(html_of("change_notice", _paper(request, change))).content
    line = reader_line(request.user, at=timezone.now())
    return served(stamp(content, [line], large="草稿"), f"{change}.pdf", inline=True)


def _change(request: SignedInRequest, public_id: str) -> RosterChange:
    rows = visible_to(request.user, RosterChange).select_related("body__jurisdiction")
    change = get_object_or_404(rows, public_id=public_id)
    policy_for(RosterChange).require(request.user, "announce", change)
    return change


def _paper(request: SignedInRequest, change: RosterChange) -> dict:
    today = timezone.localdate()
    return notice_of(change, signer_of(request.user, change, today), on=today)

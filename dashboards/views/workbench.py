from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from dashboards import desk
from dashboards.next_meeting import next_meeting, next_regular
from foundations.access.requests import SignedInRequest
from foundations.notifications.models import Notice
from meetings.work.reading import Reading
from members.standing import standing
from members.states import ADMINISTRATORS, Role

FRONT_PAGES = {
    Role.SYSTEM_ADMINISTRATOR: "members:accounts",
    Role.SECURITY_ADMINISTRATOR: "members:accounts",
    Role.AUDIT_ADMINISTRATOR: "audit:list",
}


@require_GET
@login_required
def workbench(request: SignedInRequest) -> HttpResponse:
    """Everything on the reader's desk; administrators have pages of their own."""
    mine = standing(request.user)
    for role in ADMINISTRATORS:
        if mine.has(role):
            return redirect(FRONT_PAGES[role])
    reading = Reading(request.user, timezone.localdate())
    piles = desk.piles(desk.items_of(reading), reading.on)
    shown = request.GET.get("show", "")
    if shown and shown not in {pile.key for pile in piles}:
        raise Http404
    lists = [pile for pile in piles if pile.key == shown] if shown else desk.sections(piles)
    context = {
        "piles": piles,
        "lists": lists,
        "shown": shown,
        "meeting": next_meeting(reading),
        "regular": next_regular(reading),
        "changes": Notice.objects.filter(recipient=request.user).order_by("-at", "-pk")[:6],
        "is_officer": mine.has(Role.LIAISON_OFFICER),
    }
    return render(request, "dashboards/workbench.html", context)


@require_GET
@login_required
def overdue_badge(request: SignedInRequest) -> HttpResponse:
    """The number on the rail, fetched after the page so that no page waits for it."""
    reading = Reading(request.user, timezone.localdate())
    overdue = desk.piles(desk.items_of(reading), reading.on)[0]
    return render(request, "dashboards/_badge.html", {"pile": overdue})

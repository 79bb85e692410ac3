from datetime import date

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_http_methods

from foundations.access.forms import run
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from members.actions.seats import change_roster
from members.expectations import findings
from members.forms.rosters import RosterChangeForms
from members.models import Body, Post, RosterChange, Seat
from members.policy import rosters_open_to, works_in
from members.rosters import RosterLine, roster, vacancies
from members.states import SeatRole


@login_required
@require_GET
def body_list(request: SignedInRequest) -> HttpResponse:
    """The only body of the reader's jurisdictions is shown at once."""
    bodies = visible_to(request.user, Body).select_related("jurisdiction").order_by("pk")
    if len(bodies) == 1:
        return redirect(bodies[0])
    return render(request, "members/bodies.html", {"bodies": bodies})


@login_required
@require_GET
def roster_page(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Who sits where on a day; how the roster is kept is shown where it is at home."""
    rows = rosters_open_to(request.user).select_related("jurisdiction")
    body = get_object_or_404(rows, public_id=public_id)
    day = asked_day(request)
    lines = roster(body, day)
    at_home = works_in(request.user, body.jurisdiction_id)
    page = {
        "body": body,
        "day": day,
        "is_today": day == timezone.localdate(),
        "groups": _by_role(lines),
        "at_home": at_home,
    }
    if at_home:
        page |= _keeping_of(request, body, lines, day)
    return render(request, "members/roster.html", page)


def _keeping_of(request: SignedInRequest, body: Body, lines: list[RosterLine], day: date) -> dict:
    return {
        "vacancies": vacancies(body, day),
        "outdated": [line for line in lines if line.post and not line.post.holds_on(day)],
        "findings": findings(body, lines, day),
        "changes": _changes(request, body),
    }


@login_required
@require_http_methods(["GET", "POST"])
def roster_change(request: SignedInRequest, public_id: str) -> HttpResponse:
    body = _visible(request, public_id)
    policy_for(Body).require(request.user, "change", body)
    today = timezone.localdate()
    forms = RosterChangeForms(
        request.POST or None,
        seats=_endable(request, body, today),
        posts=_seatable(request, body, today),
        initial={"on": today},
    )
    if forms.is_valid() and run(
        forms,
        change_roster,
        body_id=body.pk,
        actor=request.user,
        on=forms.change.cleaned_data["on"],
        reason=forms.change.cleaned_data["reason"],
        ended=[seat.pk for seat in forms.change.cleaned_data["ended"]],
        begun=[row.seat for row in forms.filled],
    ):
        return redirect(body)
    page = {"body": body, "forms": forms}
    return render(
        request, "members/roster_change.html", page, status=422 if forms.is_bound else 200
    )


def _visible(request: SignedInRequest, public_id: str) -> Body:
    rows = visible_to(request.user, Body).select_related("jurisdiction")
    return get_object_or_404(rows, public_id=public_id)


def asked_day(request: SignedInRequest) -> date:
    """The day in `?on=`; today for none, or for one that is no day."""
    try:
        asked = parse_date(request.GET.get("on", ""))
    except ValueError:
        asked = None
    return asked or timezone.localdate()


def _by_role(lines: list[RosterLine]) -> list[dict]:
    return [
        {"label": role.label, "lines": held}
        for role in SeatRole
        if (held := [line for line in lines if line.role == role])
    ]


def _changes(request: SignedInRequest, body: Body) -> QuerySet[RosterChange]:
    changes = visible_to(request.user, RosterChange).filter(body=body)
    return changes.prefetch_related(
        "ended__person", "ended__body", "begun__person", "begun__body"
    ).order_by("-on", "-pk")


def _endable(request: SignedInRequest, body: Body, today: date) -> QuerySet[Seat]:
    """The seats of the sides whose lists the reader keeps."""
    policy = policy_for(Seat)
    seats = visible_to(request.user, Seat).filter(body=body).overlapping(today, None)
    seats = seats.select_related("body", "person", "post__organization")
    mine = [seat.pk for seat in seats if policy.can(request.user, "end", seat)]
    return seats.filter(pk__in=mine)


def _seatable(request: SignedInRequest, body: Body, today: date) -> QuerySet[Post]:
    posts = visible_to(request.user, Post).overlapping(today, None)
    posts = posts.filter(organization__jurisdiction=body.jurisdiction_id)
    return posts.select_related("person", "organization").order_by("person__initials", "pk")

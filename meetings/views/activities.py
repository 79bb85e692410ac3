"""The list of joint activities, the plan of a year, and the page of one."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from foundations.audit.timeline import timeline
from foundations.calendars.terms import Per, Term, terms_of
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from mechanisms.models import Mechanism
from meetings.filters import ActivityFilter
from meetings.models import Activity
from meetings.policy.activities import hosting_units
from meetings.states import ActivityKind, ActivityState, AnswerState
from meetings.views.activity_page import page_of
from members.models import User
from members.policy import works_in


class ActivityLedger(Ledger):
    name = "activities"
    title = _("Joint activities")
    model = Activity
    filterset_class = ActivityFilter
    search_fields = ("title", "about", "place", "host__name")
    search_hint = _("Title, place, host")
    columns = (
        Column("title", _("Activity")),
        Column("kind", _("Kind"), value="get_kind_display", shown=False),
        Column("state", _("State"), value="get_state_display", width="120"),
        Column("month", _("Day or month"), sort=("month", "on"), width="140"),
        Column("on", _("Day"), shown=False),
        Column("held_on", _("Took place on"), shown=False),
        Column("host", _("Host"), value="host.name", sort="host__name", width="160"),
        Column("people", _("Units and guests"), value="asked", width="176"),
        Column("report_due_on", _("Report due on"), shown=False),
        Column("place", _("Place"), shown=False),
    )
    order = "-month"
    row_template = "meetings/_activity_row.html"
    empty = _("No activities here")
    empty_hint = _("A unit that hosts one puts it into the plan, with a day or a month.")
    standing_views = (
        (_("This year"), "year=this"),
        (_("Yet to take place"), "stage=coming"),
        (_("Took place"), "stage=taken_place"),
        (_("Own unit"), "mine=true"),
        (_("All"), ""),
    )
    opens_on = "year=this"
    head_template = "meetings/_activities_head.html"


@login_required
@require_GET
def ledger(request: SignedInRequest) -> HttpResponse:
    rows = _counted(visible_to(request.user, Activity).for_listing())
    return ledger_response(request, ActivityLedger, rows=rows, context=_doors(request.user))


def _counted(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    signed = Q(invitations__answer=AnswerState.COMING)
    return rows.annotate(
        asked=Count("invitations", distinct=True),
        coming=Count("invitations", filter=signed, distinct=True),
    )


def _doors(user: User) -> dict:
    """The institutions whose plan the reader may open, and for which they may plan."""
    mechanisms = [
        one
        for one in visible_to(user, Mechanism).select_related("jurisdiction").order_by("pk")
        if works_in(user, one.jurisdiction_id)
    ]
    plans = [one for one in mechanisms if hosting_units(user, one).exists()]
    return {"activity_plans": mechanisms, "may_plan": plans}


@dataclass(frozen=True)
class Month:
    """One month of the plan: what it holds, and whether today lies in it."""

    term: Term
    activities: list[Activity]
    now: bool

    @property
    def label(self) -> str:
        return f"{self.term.first_on.month}月"


@login_required
@require_GET
def plan(request: SignedInRequest, key: str) -> HttpResponse:
    """A year month by month: what is planned, announced, done or called off."""
    mechanism = _mechanism(request.user, key)
    today = timezone.localdate()
    year = _year(request, today)
    rows = visible_to(request.user, Activity).filter(mechanism=mechanism, month__year=year)
    rows = list(rows.for_listing().order_by("month", "on", "pk"))
    months = [
        Month(term, [row for row in rows if row.month == term.first_on], _holds(term, today))
        for term in terms_of(Per.MONTH, year)
    ]
    context = {
        "mechanism": mechanism,
        "year": year,
        "months": months,
        "kinds": _by_kind(rows),
        "count": len(rows),
        "may_plan": hosting_units(request.user, mechanism).exists(),
    }
    return render(request, "meetings/activity_plan.html", context)


def _by_kind(rows: list[Activity]) -> list[tuple[str, int, int]]:
    """Each kind of the year with how many are planned and how many took place."""
    found = []
    for kind in ActivityKind:
        of_kind = [
            one for one in rows if one.kind == kind and one.state != ActivityState.CANCELLED
        ]
        if of_kind:
            done = sum(one.took_place for one in of_kind)
            found.append((str(kind.label), len(of_kind), done))
    return found


def _holds(term: Term, day: date) -> bool:
    return term.first_on <= day <= term.last_on


def _year(request: SignedInRequest, today: date) -> int:
    typed = request.GET.get("year", "")
    return int(typed) if typed.isdecimal() and 2000 <= int(typed) <= 2100 else today.year


def _mechanism(user: User, key: str) -> Mechanism:
    rows = visible_to(user, Mechanism).select_related("jurisdiction")
    mechanism = get_object_or_404(rows, key=key)
    if not works_in(user, mechanism.jurisdiction_id):
        raise Http404
    return mechanism


@login_required
@require_GET
def detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = visible_to(request.user, Activity).select_related(
        "mechanism__jurisdiction", "host", "visited", "hearing__procedure__dispute", "report"
    )
    activity = get_object_or_404(rows.prefetch_related("co_hosts"), public_id=public_id)
    context = page_of(request.user, activity, timezone.localdate())
    return render(
        request,
        "meetings/activity.html",
        {"activity": activity, "moments": timeline(activity), **context},
    )

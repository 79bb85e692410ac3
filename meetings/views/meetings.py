"""The list of meetings, the plan of a mechanism, and the page of one meeting."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from foundations.access.policy import policy_for, visible_to
from foundations.calendars.periods import add_months
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from mechanisms.models import Mechanism
from mechanisms.queries import parties
from meetings.filters import MeetingFilter
from meetings.models import Meeting, MeetingSeries, Topic
from meetings.plan import duty_of, plan_of, rules_of, running_series
from meetings.views.finding import find_mechanism, find_meeting
from meetings.views.frame import consents_of, host_of, light_of, steps_of
from meetings.views.next_step import next_step, other_verbs


class MeetingLedger(Ledger):
    name = "meetings"
    title = _("Meetings")
    model = Meeting
    filterset_class = MeetingFilter
    search_fields = ("title", "place", "reason")
    search_hint = _("Title, place, reason")
    columns = (
        Column("title", _("Meeting")),
        Column("state", _("State"), value="get_state_display", width="132"),
        Column("planned_on", _("Day"), sort="planned_on", width="132"),
        Column("nominal_on", _("Day of the plan"), shown=False),
        Column("host", _("Host"), value="host_organization.name", width="160"),
        Column("place", _("Place")),
        Column("kind", _("Kind"), value="get_kind_display", shown=False),
    )
    order = "-planned_on"
    row_template = "meetings/_rows.html"
    empty = _("No meetings here")
    standing_views = (
        (_("This year"), "year=this"),
        (_("Still to be held"), "stage=ahead"),
        (_("Held"), "stage=held"),
        (_("Ad-hoc"), "kind=ad_hoc"),
        (_("All"), ""),
    )
    head_template = "meetings/list.html"


@login_required
@require_GET
def ledger(request):
    rows = visible_to(request.user, Meeting).for_listing()
    mechanisms = list(visible_to(request.user, Mechanism).order_by("pk"))
    proposes = any(
        policy_for(Meeting).can(request.user, "propose_ad_hoc", Meeting(mechanism=one))
        for one in mechanisms
    )
    context = {"mechanisms": mechanisms, "may_propose": proposes}
    return ledger_response(request, MeetingLedger, rows=rows, context=context)


@login_required
@require_GET
def plan(request, key):
    """The grid from the origin with its hosts, and the duty with a clock of its own."""
    mechanism = find_mechanism(request, key)
    today = timezone.localdate()
    rules = rules_of(mechanism, today)
    series = running_series(mechanism)
    may_restart = policy_for(MeetingSeries).can(
        request.user, "restart", series or MeetingSeries(mechanism=mechanism)
    )
    context = {
        "mechanism": mechanism,
        "rules": rules,
        "series": series,
        "may_restart": may_restart,
        "parties": parties(mechanism),
        "today": today,
    }
    if series is not None:
        until = add_months(today, rules.horizon_months)
        context |= {"rows": _plan_rows(request, series, rules, until), "until": until}
        context["duty"] = duty_of(series, rules)
    return render(request, "meetings/plan.html", context)


def _plan_rows(request, series: MeetingSeries, rules, until) -> list[dict]:
    """Each slot of the grid with its meeting, if there is one that the reader may see."""
    seen = visible_to(request.user, Meeting).filter(series=series)
    meetings = {meeting.ordinal: meeting for meeting in seen}
    slots = plan_of(series, rules, until=until)
    return [{"slot": slot, "meeting": meetings.get(slot.ordinal)} for slot in slots]


@login_required
@require_GET
def detail(request, public_id):
    meeting = find_meeting(request, public_id)
    today = timezone.localdate()
    rules = rules_of(meeting.mechanism, meeting.planned_on)
    topics = visible_to(request.user, Topic).filter(meeting=meeting)
    context = {
        "meeting": meeting,
        "rules": rules,
        "kind_label": rules.kind_labels.get(meeting.kind, meeting.get_kind_display()),
        "light": light_of(meeting),
        "steps": steps_of(meeting),
        "consents": consents_of(request.user, meeting),
        "next_step": next_step(request.user, meeting, today),
        "verbs": other_verbs(request.user, meeting),
        "touches_pending_case": topics.filter(pending_case=True).exists(),
        "today": today,
        **host_of(meeting, rules),
        **_sections(request, meeting),
    }
    return render(request, "meetings/detail.html", context)


def _sections(request, meeting: Meeting) -> dict:
    return {}

"""The list of meetings, the plan of a mechanism, and the page of one meeting."""

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.calendars.periods import add_months
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from mechanisms.models import Mechanism
from mechanisms.policy import published_to
from mechanisms.profile import MeetingRules
from meetings.filters import MeetingFilter
from meetings.models import Meeting, MeetingSeries, MeetingText, SideNotice
from meetings.plan import duty_of, plan_of, published_plan, rules_of, running_series
from meetings.rotation import Slot
from meetings.views.finding import find_meeting
from meetings.views.frame import (
    consents_of,
    host_of,
    moments_of,
    nearest_limit,
    steps_of,
    turns_around,
)
from meetings.views.invitations import invitations_section
from meetings.views.next_step import next_step, other_verbs
from meetings.views.resolutions import resolutions_section
from meetings.views.texts import texts_section
from meetings.views.topics import topics_section
from members.policy import works_in


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
    opens_on = "year=this"
    head_template = "meetings/_list_head.html"


@login_required
@require_GET
def ledger(request: SignedInRequest) -> HttpResponse:
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
def plan(request: SignedInRequest, key: str) -> HttpResponse:
    """The grid from the origin with its hosts, and the duty with a clock of its own; to
    whom the meetings are not open, what follows from the published text."""
    found = published_to(request.user).select_related("jurisdiction")
    mechanism = get_object_or_404(found, key=key)
    series = running_series(mechanism)
    rules = rules_of(mechanism, timezone.localdate())
    at_home = works_in(request.user, mechanism.jurisdiction_id)
    context = {
        "mechanism": mechanism,
        "rules": rules,
        "series": series,
        "at_home": at_home,
        "may_restart": policy_for(MeetingSeries).can(
            request.user, "restart", series or MeetingSeries(mechanism=mechanism)
        ),
    }
    if series is not None:
        shown = _kept_plan if at_home else _published_plan
        context |= shown(request, series, rules)
    return render(request, "meetings/plan.html", context)


def _kept_plan(request: SignedInRequest, series: MeetingSeries, rules: MeetingRules) -> dict:
    """Each slot of the grid with its meeting, if there is one that the reader may see."""
    until = add_months(timezone.localdate(), rules.horizon_months)
    seen = visible_to(request.user, Meeting).filter(series=series)
    meetings = {meeting.ordinal: meeting for meeting in seen}
    slots = plan_of(series, rules, until=until)
    return {
        "rows": [{"slot": slot, "meeting": meetings.get(slot.ordinal)} for slot in slots],
        "until": until,
        "duty": duty_of(series, rules),
        **_turns_ahead(slots),
    }


def _published_plan(request: SignedInRequest, series: MeetingSeries, rules: MeetingRules) -> dict:
    until = add_months(timezone.localdate(), rules.horizon_months)
    slots = published_plan(series, rules, until=until)
    return {"rows": [{"slot": slot} for slot in slots], "until": until, **_turns_ahead(slots)}


def _turns_ahead(slots: list[Slot]) -> dict:
    today = timezone.localdate()
    ahead = (slot.ordinal for slot in slots if slot.proposed_on >= today)
    following = next(ahead, len(slots))
    return {"turns": turns_around(slots, following), "next_ordinal": following}


_TEXTS = Prefetch("texts", MeetingText.objects.select_related("drafted_by"))
_NOTICES = Prefetch("side_notices", SideNotice.objects.select_related("document"))


@login_required
@require_GET
def detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    meeting = find_meeting(request, public_id)
    today = timezone.localdate()
    rules = rules_of(meeting.mechanism, meeting.planned_on)
    prefetch_related_objects([meeting], _TEXTS, _NOTICES)
    topics = topics_section(request, meeting)
    consents = consents_of(request.user, meeting)
    opened = [line.topic for line in topics["topics"].lines if line.opens]
    context = {
        "meeting": meeting,
        "rules": rules,
        "kind_label": rules.kind_labels.get(meeting.kind, meeting.get_kind_display()),
        "internal": meeting.is_held and any(rule.internal for rule in rules.texts.values()),
        "limit": nearest_limit(meeting),
        "steps": steps_of(meeting),
        "consents": consents,
        "settled": [view for view in consents if view.settled],
        "next_step": next_step(request.user, meeting, today),
        "verbs": other_verbs(request.user, meeting),
        "moments": moments_of(request.user, meeting, opened),
        **host_of(meeting, rules),
        **topics,
        "touches_pending_case": any(line.topic.pending_case for line in topics["topics"].lines),
        **invitations_section(request, meeting),
        **texts_section(request, meeting),
        **resolutions_section(request, meeting),
    }
    return render(request, "meetings/detail.html", context)

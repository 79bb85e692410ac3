"""Planning ahead: series, their regular meetings, whose turn each is, and the duty's clock."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.calendars.periods import add_months
from mechanisms.models import Mechanism
from mechanisms.queries import parties, party, provision
from meetings.actions.steps import day_of, let_go, move, office_language, officer_of
from meetings.models import Meeting, MeetingSeries
from meetings.plan import duty_of, plan_of, rules_of, running_series, title_of
from meetings.rotation import Count, Slot
from meetings.states import DUTY, MeetingKind, MeetingState
from services.deadlines import actions as deadlines


@action
def start_series(
    mechanism_id: int, *, actor: Actor, at: datetime, origin_on: date, first_host: str
) -> MeetingSeries:
    """The first series of a mechanism; the running one if it is the same.

    Raises RuleBroken("series_exists") if another one runs: that is restarted with a reason.
    """
    mechanism = _locked_mechanism(mechanism_id)
    policy_for(MeetingSeries).require(actor, "restart", MeetingSeries(mechanism=mechanism))
    running = running_series(mechanism)
    if running is None:
        return _open_series(mechanism, actor, at, origin_on=origin_on, first_host=first_host)
    if (running.origin_on, running.first_host) != (origin_on, first_host):
        raise RuleBroken(
            "series_exists",
            _("A series runs from %(day)s already; to begin another, restart it with a reason.")
            % {"day": date_format(running.origin_on)},
            field="origin_on",
        )
    return running


@action
def restart_series(
    mechanism_id: int,
    *,
    actor: Actor,
    at: datetime,
    origin_on: date,
    first_host: str,
    reason: str,
    version: int | None = None,
) -> MeetingSeries:
    """End the running grid and begin another; meetings merely planned are cancelled.

    Meetings whose day is agreed stay as they are, with the host they have.
    """
    running = _running(_locked_mechanism(mechanism_id))
    policy_for(MeetingSeries).require(actor, "restart", running)
    running.require_version(version)
    on = day_of(at)
    if origin_on < on:
        raise RuleBroken("past_day", _("The new plan cannot begin in the past."), "origin_on")
    _end_series(running, actor, at, reason)
    begun = _open_series(
        running.mechanism, actor, at, origin_on=origin_on, first_host=first_host, reason=reason
    )
    plan_ahead(mechanism_id, actor=actor, on=on, at=at)
    return begun


@action
def begin_plan(
    mechanism_id: int, *, actor: Actor, at: datetime, origin_on: date, first_host: str
) -> MeetingSeries:
    """Start the first series and plan it ahead at once."""
    series = start_series(
        mechanism_id, actor=actor, at=at, origin_on=origin_on, first_host=first_host
    )
    plan_ahead(mechanism_id, actor=actor, on=day_of(at), at=at)
    return series


@action
def plan_ahead(mechanism_id: int, *, actor: Actor, on: date, at: datetime) -> list[Meeting]:
    """Plan the running series as far ahead as the profile says; the meetings that are new.

    Safe to repeat: a meeting of the series is made once, whoever asks first.
    """
    mechanism = Mechanism.objects.select_related("jurisdiction").get(pk=mechanism_id)
    series = running_series(mechanism)
    if series is None:
        return []
    until = add_months(on, rules_of(mechanism, on).horizon_months)
    return plan_until(series.pk, actor=actor, at=at, since=on, until=until)


@action
def plan_until(
    series_id: int, *, actor: Actor, at: datetime, until: date, since: date | None = None
) -> list[Meeting]:
    """Make the meetings of the grid with a nominal day from `since` (default: the origin)
    to `until`, both inclusive; the new ones."""
    series = _locked_series(series_id)
    policy_for(MeetingSeries).require(actor, "restart", series)
    on = day_of(at)
    with office_language():
        slots = plan_of(series, rules_of(series.mechanism, on), until=until)
    there = set(series.meetings.values_list("ordinal", flat=True))
    made = [
        _plan_one(series, slot, actor, on)
        for slot in slots
        if slot.ordinal not in there and (since is None or slot.nominal_on >= since)
    ]
    open_duty(series, actor=actor, on=on)
    return made


@action
def recompute_hosts(series: MeetingSeries, *, actor: Actor, on: date) -> None:
    """Give every meeting that is not notified or pinned the host whose turn it now is."""
    rules = rules_of(series.mechanism, on)
    planned = {meeting.ordinal: meeting for meeting in _recomputed(series)}
    if not planned:
        return
    last = max(meeting.nominal_on for meeting in planned.values())
    with office_language():
        slots = plan_of(series, rules, until=last)
    for slot in slots:
        if slot.count is Count.OPEN and slot.ordinal in planned:
            _give_host(planned[slot.ordinal], slot, actor)


@action
def count_held(meeting: Meeting, *, actor: Actor) -> None:
    """A regular meeting was held: its duty is met, the next clock starts, turns move on.

    Called inside the action that ends the meeting, once `held_on` is stored.
    """
    series = running_series(meeting.mechanism)
    if meeting.kind != MeetingKind.REGULAR or series is None:
        return
    on = meeting.held_on
    deadlines.meet(series, DUTY, actor=actor, on=on)
    open_duty(series, actor=actor, on=on)
    recompute_hosts(series, actor=actor, on=on)


@action
def open_duty(series: MeetingSeries, *, actor: Actor, on: date) -> None:
    """Open or move the duty to hold the next regular meeting, for every side (MT-REG)."""
    mechanism = series.mechanism
    rules = rules_of(mechanism, on)
    duty = duty_of(series, rules)
    if duty is None:
        return
    clause = provision(mechanism, rules.cadence_provision, on)
    with office_language():
        title = _("Hold the next regular meeting")
    for side in parties(mechanism):
        deadlines.open_deadline(
            series,
            DUTY,
            actor=actor,
            title=title,
            jurisdiction=mechanism.jurisdiction,
            owed_by=side.acting,
            handler=officer_of(mechanism, side.side, on),
            basis=clause.citation if clause else "",
            provision=clause,
            **duty.reckoning.limits,
        )


def _locked_mechanism(mechanism_id: int) -> Mechanism:
    return (
        Mechanism.objects.select_for_update(of=("self",))
        .select_related("jurisdiction")
        .get(pk=mechanism_id)
    )


def _locked_series(series_id: int) -> MeetingSeries:
    return (
        MeetingSeries.objects.select_for_update(of=("self",))
        .select_related("mechanism__jurisdiction")
        .get(pk=series_id)
    )


def _running(mechanism: Mechanism) -> MeetingSeries:
    running = running_series(mechanism)
    if running is None:
        raise RuleBroken("no_series", _("No series of regular meetings runs yet."))
    return _locked_series(running.pk)


def _open_series(mechanism: Mechanism, actor: Actor, at: datetime, **fields: Any) -> MeetingSeries:
    on = day_of(at)
    rules = rules_of(mechanism, on)
    if not rules.cadence_months:
        raise RuleBroken("no_cadence", _("The text of this mechanism names no interval."))
    if fields["first_host"] not in rules.hosts:
        raise RuleBroken(
            "not_a_host", _("This side does not host by the text."), field="first_host"
        )
    series = MeetingSeries(mechanism=mechanism, **fields)
    series.store()
    record(
        actor,
        "meetings.series.started",
        series,
        origin_on=fields["origin_on"].isoformat(),
        first_host=fields["first_host"],
        reason=fields.get("reason", ""),
    )
    open_duty(series, actor=actor, on=on)
    return series


def _end_series(series: MeetingSeries, actor: Actor, at: datetime, reason: str) -> None:
    on = day_of(at)
    series.ended_on, series.reason = on, reason
    series.store()
    record(actor, "meetings.series.ended", series, reason=reason)
    deadlines.cancel(series, DUTY, actor=actor, on=on)
    planned = series.meetings.filter(state=MeetingState.PLANNED).select_for_update()
    for meeting in planned.order_by("pk"):
        meeting.closed_reason = reason
        move(meeting, MeetingState.CANCELLED, actor, reason=reason)
        let_go(meeting, actor=actor, at=at)


def _plan_one(series: MeetingSeries, slot: Slot, actor: Actor, on: date) -> Meeting:
    host = party(series.mechanism, slot.hosts[0])
    meeting = Meeting(
        mechanism=series.mechanism,
        series=series,
        kind=MeetingKind.REGULAR,
        ordinal=slot.ordinal,
        title=title_of(series, slot.ordinal, on),
        state=MeetingState.PLANNED,
        nominal_on=slot.nominal_on,
        planned_on=slot.proposed_on,
        host=slot.hosts[0],
        hosts=list(slot.hosts),
        host_organization=host.lead,
        host_reason=slot.host_reason,
    )
    meeting.store()
    record(
        actor,
        "meetings.meeting.planned",
        meeting,
        nominal_on=slot.nominal_on.isoformat(),
        host=slot.hosts[0],
    )
    return meeting


def _recomputed(series: MeetingSeries) -> QuerySet[Meeting]:
    """Meetings whose host follows the rotation still, locked in one order."""
    open_states = (MeetingState.PLANNED, MeetingState.COLLECTING)
    return (
        series.meetings.select_for_update(of=("self",))
        .select_related("mechanism__jurisdiction")
        .filter(state__in=open_states, host_fixed=False)
        .order_by("pk")
    )


def _give_host(meeting: Meeting, slot: Slot, actor: Actor) -> None:
    if meeting.hosts == list(slot.hosts):
        if meeting.host_reason != slot.host_reason:
            # Only the sentence is new: a form that is open elsewhere stays good.
            Meeting.objects.filter(pk=meeting.pk).update(host_reason=slot.host_reason)
        return
    before = meeting.host
    set_host(meeting, slot.hosts, slot.host_reason)
    meeting.store()
    record(
        actor,
        "meetings.meeting.host_changed",
        meeting,
        before=before,
        host=meeting.host,
        host_name=meeting.host_organization.short_name,
    )


def set_host(meeting: Meeting, hosts: Sequence[str], reason: str) -> None:
    meeting.host, meeting.hosts, meeting.host_reason = hosts[0], list(hosts), reason
    meeting.host_organization = party(meeting.mechanism, hosts[0]).lead

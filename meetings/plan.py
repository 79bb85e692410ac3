"""The plan and the duty of a series, read from its rows: nothing here writes.

The plan's grid runs from the origin of the series; the duty (MT-REG) has a clock of its
own, which runs from the last regular meeting held (R-2). Pages show both.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from foundations.calendars.periods import Reckoning, Unit, reckon
from foundations.calendars.working_days import WorkCalendar
from mechanisms.models import Mechanism
from mechanisms.profile import MeetingRules, get_profile
from mechanisms.queries import parties
from meetings import rotation
from meetings.models import Meeting, MeetingSeries
from meetings.rotation import Count, Rotation, Slot, Turn
from meetings.states import MeetingKind, MeetingState


@dataclass(frozen=True)
class Duty:
    """Until when the next regular meeting must be held, and from what that is counted."""

    last: Meeting | None
    reckoning: Reckoning


def running_series(mechanism: Mechanism) -> MeetingSeries | None:
    return (
        mechanism.series.filter(ended_on__isnull=True)
        .select_related("mechanism__jurisdiction")
        .first()
    )


def calendar_of(mechanism: Mechanism) -> WorkCalendar:
    """Kept on the row given, so that one page asks once."""
    kept: dict[str, WorkCalendar] = mechanism.__dict__.setdefault("_calendars", {})
    if "own" not in kept:
        kept["own"] = mechanism.jurisdiction.calendar
    return kept["own"]


def rules_of(mechanism: Mechanism, on: date) -> MeetingRules:
    return get_profile(mechanism, on).meeting


def rotation_of(mechanism: Mechanism, rules: MeetingRules, first_host: str) -> Rotation:
    return Rotation(
        policy=rules.host_policy,
        hosts=rules.hosts,
        first_host=first_host,
        names={party.side: party.lead.short_name for party in parties(mechanism)},
    )


def plan_of(series: MeetingSeries, rules: MeetingRules, *, until: date) -> list[Slot]:
    """The series from its origin until a day (inclusive): what exists and what is to come."""
    turns = [turn_of(meeting) for meeting in series.meetings.order_by("ordinal")]
    return _slots(series, rules, turns, until)


def published_plan(series: MeetingSeries, rules: MeetingRules, *, until: date) -> list[Slot]:
    """What follows from the text and the origin alone: nothing of what became of a meeting."""
    return _slots(series, rules, [], until)


def _slots(
    series: MeetingSeries, rules: MeetingRules, turns: list[Turn], until: date
) -> list[Slot]:
    if not rules.cadence_months:
        return []
    return rotation.plan(
        origin=series.origin_on,
        months=rules.cadence_months,
        until=until,
        rotation=rotation_of(series.mechanism, rules, series.first_host),
        turns=turns,
        calendar=calendar_of(series.mechanism),
    )


def turn_of(meeting: Meeting) -> Turn:
    return Turn(
        ordinal=meeting.ordinal,
        day=meeting.held_on or meeting.planned_on,
        count=_count_of(meeting),
        hosts=tuple(meeting.hosts),
        reason=meeting.host_reason if meeting.host_fixed else "",
        moved=meeting.postponed_from is not None,
    )


def _count_of(meeting: Meeting) -> Count:
    if meeting.state == MeetingState.CANCELLED:
        return Count.PASSED if meeting.turn_passed else Count.LEFT_OUT
    if meeting.is_held:
        return Count.HELD
    if meeting.state == MeetingState.NOTIFIED or meeting.host_fixed:
        return Count.FIXED
    return Count.OPEN


def duty_of(series: MeetingSeries, rules: MeetingRules) -> Duty | None:
    """When the next regular meeting is due (inclusive); before the first, from the origin."""
    if not rules.cadence_months:
        return None
    held = series.mechanism.meetings.regular().held()
    last = held.order_by("held_on", "pk").last()
    start = max(last.held_on, series.origin_on) if last else series.origin_on
    calendar = calendar_of(series.mechanism)
    return Duty(last, reckon(start, rules.cadence_months, Unit.MONTHS, calendar))


def title_of(series: MeetingSeries, ordinal: int, on: date) -> str:
    """行政复议与行政诉讼联席会议2026年第6次会议: as notices and minutes call the meeting."""
    profile = get_profile(series.mechanism, on)
    months = profile.meeting.cadence_months or 1
    nominal = rotation.grid(series.origin_on, months, ordinal - 1)
    before = _regular_before(series)
    if profile.meeting.numbered_by == "ordinal":
        return f"{profile.meeting_title}第{ordinal + before.count()}次会议"
    number = rotation.number_in_year(series.origin_on, months, ordinal)
    number += before.filter(nominal_on__year=nominal.year).count()
    return f"{profile.meeting_title}{nominal.year}年第{number}次会议"


def _regular_before(series: MeetingSeries) -> QuerySet[Meeting]:
    """Regular meetings of the series that this one took over from; their numbers are taken."""
    return (
        Meeting.objects.filter(mechanism=series.mechanism_id, kind=MeetingKind.REGULAR)
        .filter(series__pk__lt=series.pk)
        .exclude(state=MeetingState.CANCELLED)
    )

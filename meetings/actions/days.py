"""When a meeting is: both sides agree on day, time and place (YN-4); then it may be moved,
called off, or change its host with another."""

from datetime import date, datetime, time

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.calendars.periods import Unit, reckon_back
from foundations.notifications.send import notify_once
from mechanisms.queries import parties
from meetings.actions import notices
from meetings.actions.asking import ask, asked_about, drop_proposal, note_answer
from meetings.actions.planning import recompute_hosts, set_host
from meetings.actions.standing import add_standing_items
from meetings.actions.steps import (
    all_officers,
    day_of,
    let_go,
    locked,
    move,
    office_language,
    officer_of,
    require_move,
    require_state,
)
from meetings.models import Meeting
from meetings.plan import calendar_of, rules_of
from meetings.policy.circle import own_side
from meetings.states import TOPICS, MeetingKind, MeetingState
from members.models import Person
from members.rosters import roster
from services.consents.models import Consent, ConsentState
from services.deadlines import actions as deadlines

S = MeetingState


@action
def propose_day(
    meeting_id: int,
    *,
    actor: Actor,
    at: datetime,
    day: date,
    starts_at: time,
    place: str,
    remark: str = "",
    version: int | None = None,
) -> Consent:
    """Put day, time and place to the other sides; a rest day is allowed.

    Raises RuleBroken: "past_day", "consent_open" (an earlier proposal waits).
    """
    meeting = locked(meeting_id)
    policy_for(Meeting).require(actor, "propose_day", meeting)
    meeting.require_version(version)
    require_state(meeting, S.PLANNED, S.COLLECTING)
    require_ahead(day, at)
    consent = ask(meeting, "day", actor=actor, at=at, when=(day, starts_at, place), remark=remark)
    record(actor, "meetings.meeting.day_proposed", meeting, day=day.isoformat(), place=place)
    if consent.state == ConsentState.AGREED:
        settle_day(meeting, consent, actor=actor, at=at)
    return consent


@action
def answer_day(
    consent_id: int, *, actor: Actor, at: datetime, verdict: str, remark: str = ""
) -> Consent:
    """One side's answer to the day; with the last agreement topics are collected."""
    meeting = locked(asked_about(consent_id, "day"))
    policy_for(Meeting).require(actor, "answer", meeting)
    consent = note_answer(meeting, consent_id, actor=actor, at=at, verdict=verdict, remark=remark)
    if consent.state == ConsentState.AGREED:
        settle_day(meeting, consent, actor=actor, at=at)
    return consent


def settle_day(meeting: Meeting, consent: Consent, *, actor: Actor, at: datetime) -> None:
    """What both sides agreed to becomes the meeting's day; the call for topics goes out."""
    agreed = consent.payload
    meeting.planned_on = date.fromisoformat(agreed["day"])
    meeting.starts_at = time.fromisoformat(agreed["starts_at"])
    meeting.place = agreed["place"]
    meeting.day_agreed_at = at
    _host_by_proposal(meeting, consent, at)
    _set_topics_due(meeting, actor=actor, at=at)
    if meeting.state == S.COLLECTING:
        meeting.store()
        record(actor, "meetings.meeting.day_changed", meeting, day=agreed["day"])
    else:
        move(meeting, S.COLLECTING, actor, day=agreed["day"])
    _let_turns_follow(meeting, actor, at)
    add_standing_items(meeting, actor=actor, at=at)
    _call_for_topics(meeting, at)


@action
def arrange(
    meeting_id: int,
    *,
    actor: Actor,
    at: datetime,
    chair: Person | None,
    starts_at: time,
    place: str,
    version: int | None = None,
) -> Meeting:
    """Set who chairs, and time and place on the day agreed; a notice that is out is renewed."""
    meeting = locked(meeting_id)
    policy_for(Meeting).require(actor, "arrange", meeting)
    meeting.require_version(version)
    require_state(meeting, S.COLLECTING, S.NOTIFIED)
    changed = (meeting.starts_at, meeting.place) != (starts_at, place)
    meeting.chair, meeting.starts_at, meeting.place = chair, starts_at, place
    meeting.store()
    record(
        actor,
        "meetings.meeting.arranged",
        meeting,
        chair=str(chair or ""),
        starts_at=starts_at.isoformat("minutes"),
        place=place,
    )
    if changed:
        _tell_change(meeting, actor=actor, at=at, reason=_("Time or place changed."))
    return meeting


@action
def postpone(
    meeting_id: int,
    *,
    actor: Actor,
    at: datetime,
    day: date,
    reason: str,
    version: int | None = None,
) -> Meeting:
    """Move the meeting to another day; it keeps its host, whatever other turns do.

    Raises RuleBroken("past_day"), or "same_day" if nothing would change.
    """
    meeting = locked(meeting_id)
    policy_for(Meeting).require(actor, "postpone", meeting)
    meeting.require_version(version)
    require_state(meeting, S.PLANNED, S.COLLECTING, S.NOTIFIED)
    require_ahead(day, at)
    if day == meeting.planned_on:
        raise RuleBroken("same_day", _("The meeting is on this day already."), field="day")
    before = meeting.planned_on
    meeting.postponed_from = meeting.postponed_from or before
    meeting.planned_on = day
    _pin_host(meeting, reason)
    drop_proposal(meeting, "day", actor=actor, at=at)
    if meeting.state != S.PLANNED:
        _set_topics_due(meeting, actor=actor, at=at)
    meeting.store()
    record(
        actor,
        "meetings.meeting.postponed",
        meeting,
        before=before.isoformat(),
        day=day.isoformat(),
        reason=reason,
    )
    _tell_change(meeting, actor=actor, at=at, reason=reason)
    _let_turns_follow(meeting, actor, at)
    return meeting


@action
def cancel(
    meeting_id: int,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
    pass_turn: bool = False,
    version: int | None = None,
) -> Meeting:
    """Call the meeting off. Its turn waits for the next meeting unless `pass_turn`."""
    meeting = locked(meeting_id)
    policy_for(Meeting).require(actor, "cancel", meeting)
    meeting.require_version(version)
    require_move(meeting, S.CANCELLED)
    was_notified = meeting.state == S.NOTIFIED
    meeting.turn_passed = pass_turn and meeting.kind == MeetingKind.REGULAR
    meeting.closed_reason = reason
    move(meeting, S.CANCELLED, actor, reason=reason, turn_passed=meeting.turn_passed)
    let_go(meeting, actor=actor, at=at)
    if was_notified:
        notices.call_off(meeting, actor=actor, at=at, reason=reason)
    _tell_officers(meeting, actor, at, "cancelled", _("Meeting cancelled"), reason)
    _let_turns_follow(meeting, actor, at)
    return meeting


@action
def swap(
    meeting_id: int,
    *,
    other_id: int,
    actor: Actor,
    at: datetime,
    reason: str,
    version: int | None = None,
) -> Meeting:
    """Exchange the hosts of two planned meetings of one series; both keep what they got."""
    pair = {key: locked(key) for key in sorted({meeting_id, other_id})}
    meeting, other = pair[meeting_id], pair[other_id]
    for one in pair.values():
        policy_for(Meeting).require(actor, "swap", one)
        require_state(one, S.PLANNED, S.COLLECTING)
    meeting.require_version(version)
    _require_exchange(meeting, other)
    first, second = meeting.hosts, other.hosts
    for one, partner, hosts in ((meeting, other, second), (other, meeting, first)):
        _take_host(one, partner, hosts, actor, reason)
    recompute_hosts(meeting.series, actor=actor, on=day_of(at))
    for one in (meeting, other):
        _tell_officers(one, actor, at, f"swapped:{one.version}", _("Host changed"), reason)
    return meeting


def require_ahead(day: date, at: datetime) -> None:
    """Raise RuleBroken("past_day") for a day before today."""
    if day < day_of(at):
        raise RuleBroken(
            "past_day", _("This day is past. Choose today or a later day."), field="day"
        )


def _require_exchange(meeting: Meeting, other: Meeting) -> None:
    if meeting.pk == other.pk or meeting.series_id is None or meeting.series_id != other.series_id:
        raise RuleBroken(
            "no_exchange",
            _("Hosts are exchanged between two regular meetings of the same series."),
            field="other",
        )
    if meeting.hosts == other.hosts:
        raise RuleBroken(
            "same_host",
            _("Both meetings have the same host; there is nothing to exchange."),
            field="other",
        )


def _take_host(
    meeting: Meeting, partner: Meeting, hosts: list[str], actor: Actor, reason: str
) -> None:
    before = meeting.host
    with office_language():
        why = _("The host was exchanged with the meeting of %(day)s (%(reason)s).") % {
            "day": date_format(partner.planned_on),
            "reason": reason,
        }
    set_host(meeting, hosts, why[:300])
    meeting.host_fixed = True
    meeting.store()
    record(
        actor,
        "meetings.meeting.swapped",
        meeting,
        before=before,
        host=meeting.host,
        partner=str(partner),
        reason=reason,
    )


def _let_turns_follow(meeting: Meeting, actor: Actor, at: datetime) -> None:
    """The later meetings of the series get their hosts, and the reasons, by what is now."""
    if meeting.series_id:
        recompute_hosts(meeting.series, actor=actor, on=day_of(at))


def _host_by_proposal(meeting: Meeting, consent: Consent, at: datetime) -> None:
    """Where the text lets whoever proposes host, the agreement settles who that is."""
    rules = rules_of(meeting.mechanism, day_of(at))
    if meeting.kind != MeetingKind.REGULAR or rules.host_policy != "proposer":
        return
    with office_language():
        why = _("The side that proposed the meeting hosts it, by the text.")
    set_host(meeting, [consent.proposed_by], why)
    meeting.host_fixed = True


def _pin_host(meeting: Meeting, reason: str) -> None:
    if meeting.kind != MeetingKind.REGULAR or meeting.host_fixed:
        return
    meeting.host_fixed = True
    with office_language():
        why = _("Postponed (%(reason)s); a postponed meeting keeps its host.") % {"reason": reason}
    meeting.host_reason = why[:300]


def _set_topics_due(meeting: Meeting, *, actor: Actor, at: datetime) -> None:
    """The last day for topics: working days before the meeting, never before today."""
    on = day_of(at)
    mechanism = meeting.mechanism
    rules = rules_of(mechanism, on)
    count = reckon_back(
        meeting.planned_on, rules.topics_due_days_before, Unit.WORKDAYS, calendar_of(mechanism)
    )
    meeting.topics_due_on = max(count.due_on, on)
    limits = {**count.limits, "due_on": meeting.topics_due_on}
    with office_language():
        title = _("Submit topics for %(meeting)s") % {"meeting": meeting.title}
    for side in parties(mechanism):
        deadlines.open_deadline(
            meeting,
            TOPICS,
            actor=actor,
            title=title,
            jurisdiction=meeting.jurisdiction,
            owed_by=side.acting,
            handler=officer_of(meeting, side.side, on),
            **limits,
        )


def _call_for_topics(meeting: Meeting, at: datetime) -> None:
    on = day_of(at)
    seats = roster(meeting.mechanism.body, on) if meeting.mechanism.body else []
    members = [line.person.user for line in seats if hasattr(line.person, "user")]
    with office_language():
        words = {
            "meeting": meeting.title,
            "day": date_format(meeting.planned_on),
            "due": date_format(meeting.topics_due_on),
        }
        title = _("Topics wanted for %(meeting)s") % words
        text = _("The meeting is on %(day)s. Submit topics by %(due)s.") % words
    people = [*members, *all_officers(meeting, on)]
    key = f"topics:{meeting.planned_on}"
    notify_once(people, meeting, reason=key, title=title, text=text, at=at)


def _tell_change(meeting: Meeting, *, actor: Actor, at: datetime, reason: str) -> None:
    """Whoever has a notice gets another; whoever has none yet is the officers' affair."""
    if meeting.state == S.NOTIFIED:
        notices.renew(meeting, actor=actor, at=at, reason=reason)
    key = f"changed:{meeting.version}"
    _tell_officers(meeting, actor, at, key, _("Meeting changed"), reason)


def _tell_officers(
    meeting: Meeting, actor: Actor, at: datetime, key: str, what: str, why: str
) -> None:
    """Tell the officers of the other sides; all of them when the system acts."""
    side = own_side(actor, meeting) if actor else ""
    notify_once(
        all_officers(meeting, day_of(at), but=side),
        meeting,
        reason=key,
        title=f"{what}：{meeting.title}",
        text=why,
        at=at,
    )

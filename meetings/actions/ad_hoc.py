"""Ad-hoc meetings (YN-16…18): a side proposes, the others answer; who proposed convenes and
chairs. They never move the rotation of the regular meetings."""

from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from mechanisms.models import Mechanism
from mechanisms.queries import party
from meetings.actions.asking import ask, asked_about, note_answer
from meetings.actions.days import require_ahead, settle_day
from meetings.actions.steps import day_of, let_go, locked, move, require_state
from meetings.models import Meeting
from meetings.plan import rules_of
from meetings.policy.circle import own_side
from meetings.states import MeetingKind, MeetingState
from services.consents.models import Consent, ConsentState


@action
def propose_ad_hoc(
    mechanism_id: int,
    *,
    actor: Actor,
    at: datetime,
    title: str,
    reason: str,
    day: date,
    starts_at: time,
    place: str,
    form_token: str | None = None,
) -> Meeting:
    """Propose an ad-hoc meeting to the other sides, for a reason, on a day; by the same
    form, once."""
    mechanism = _locked(mechanism_id)
    meeting = Meeting(
        mechanism=mechanism,
        kind=MeetingKind.AD_HOC,
        state=MeetingState.PROPOSED,
        title=title,
        reason=reason,
        planned_on=day,
        starts_at=starts_at,
        place=place,
        form_token=form_token,
    )
    policy_for(Meeting).require(actor, "propose_ad_hoc", meeting)
    made = Meeting.made_before(form_token, title=title, reason=reason, planned_on=day)
    if made is not None:
        return made
    _require_proposer(meeting, actor, at)
    require_ahead(day, at)
    meeting.host = own_side(actor, meeting)
    meeting.hosts = [meeting.host]
    meeting.host_organization = party(mechanism, meeting.host).lead
    meeting.store()
    record(actor, "meetings.meeting.proposed", meeting, day=day.isoformat(), reason=reason)
    _ask(meeting, actor=actor, at=at, when=(day, starts_at, place))
    return meeting


@action
def propose_again(
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
    """After an amendment was asked: the same meeting on another day, put forward again."""
    meeting = locked(meeting_id)
    policy_for(Meeting).require(actor, "propose_again", meeting)
    meeting.require_version(version)
    require_state(meeting, MeetingState.PROPOSED)
    require_ahead(day, at)
    meeting.planned_on, meeting.starts_at, meeting.place = day, starts_at, place
    meeting.store()
    record(actor, "meetings.meeting.proposed", meeting, day=day.isoformat(), reason=remark)
    return _ask(meeting, actor=actor, at=at, when=(day, starts_at, place), remark=remark)


@action
def answer_ad_hoc(
    consent_id: int, *, actor: Actor, at: datetime, verdict: str, remark: str = ""
) -> Consent:
    """Agree, and topics are collected; refuse, and the meeting does not take place."""
    meeting = locked(asked_about(consent_id, "ad_hoc"))
    policy_for(Meeting).require(actor, "answer", meeting)
    consent = note_answer(meeting, consent_id, actor=actor, at=at, verdict=verdict, remark=remark)
    if consent.state == ConsentState.AGREED:
        settle_day(meeting, consent, actor=actor, at=at)
    elif consent.state == ConsentState.REFUSED:
        meeting.closed_reason = remark[:300]
        move(meeting, MeetingState.REFUSED, actor, reason=remark)
        let_go(meeting, actor=actor, at=at)
    return consent


def _locked(mechanism_id: int) -> Mechanism:
    """The mechanism, locked, so that a form sent twice at once finds what it made."""
    rows = Mechanism.objects.select_for_update(of=("self",)).select_related("jurisdiction")
    return rows.get(pk=mechanism_id)


def _require_proposer(meeting: Meeting, actor: Actor, at: datetime) -> None:
    rules = rules_of(meeting.mechanism, day_of(at))
    if own_side(actor, meeting) not in rules.proposers:
        raise RuleBroken("not_a_proposer", _("By the text your side does not propose meetings."))


def _ask(meeting: Meeting, **given: Any) -> Consent:
    consent = ask(meeting, "ad_hoc", **given)
    if consent.state == ConsentState.AGREED:
        settle_day(meeting, consent, actor=given["actor"], at=given["at"])
    return consent

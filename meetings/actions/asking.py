"""Putting a day to the other sides and noting what they answer: regular and ad-hoc alike."""

from datetime import date, datetime, time

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.calendars.periods import Reckoning, Unit, reckon
from foundations.notifications.send import notify_once
from mechanisms.queries import parties, party
from meetings.actions.steps import all_officers, day_of, locked, office_language, officer_of
from meetings.models import Meeting
from meetings.plan import calendar_of, rules_of
from meetings.policy.circle import own_side, sides_of
from meetings.states import ANSWER_AD_HOC, ANSWER_DAY
from members.rosters import officers
from services.consents import actions as consents
from services.consents.models import Consent, Verdict
from services.consents.queries import current
from services.deadlines import actions as deadlines

ANSWER_RULES = {"day": ANSWER_DAY, "ad_hoc": ANSWER_AD_HOC}


def ask(
    meeting: Meeting,
    matter: str,
    *,
    actor: Actor,
    at: datetime,
    when: tuple[date, time, str],
    remark: str = "",
) -> Consent:
    """Propose day, time and place to the other sides, with their last day to answer."""
    side = own_side(actor, meeting)
    on = day_of(at)
    limit = _answer_limit(meeting, on)
    with office_language():
        title, text = _words(meeting, when, remark)
    consent = consents.propose(
        meeting,
        matter,
        side=side,
        actor=actor,
        at=at,
        title=title,
        text=text,
        sides=sides_of(meeting),
        payload=_payload(when),
        due_on=limit.due_on,
    )
    _open_limits(meeting, consent, limit, actor=actor, on=on)
    people = all_officers(meeting, on, but=side)
    key = f"asked:{consent.pk}"
    notify_once(people, meeting, reason=key, title=title, text=text, at=at)
    return consent


def _open_limits(
    meeting: Meeting, consent: Consent, limit: Reckoning, *, actor: Actor, on: date
) -> None:
    """Every side that is asked has its last day to answer."""
    for other in parties(meeting.mechanism):
        if other.side != consent.proposed_by:
            deadlines.open_deadline(
                meeting,
                ANSWER_RULES[consent.matter],
                actor=actor,
                title=consent.title,
                jurisdiction=meeting.jurisdiction,
                owed_by=other.acting,
                handler=officer_of(meeting, other.side, on),
                **limit.limits,
            )


def asked_about(consent_id: int, matter: str) -> int:
    """The key of the meeting whose `matter` the proposal is about."""
    return Consent.objects.values_list("subject_id", flat=True).get(pk=consent_id, matter=matter)


def note_answer(
    meeting: Meeting,
    consent_id: int,
    *,
    actor: Actor,
    at: datetime,
    verdict: str,
    remark: str,
) -> Consent:
    """The answer of the actor's side; its time limit is met, the proposer's side is told."""
    side = own_side(actor, meeting)
    acting = party(meeting.mechanism, side).acting
    consent = consents.answer(
        consent_id,
        side=side,
        actor=actor,
        organization=acting,
        at=at,
        verdict=verdict,
        remark=remark,
    )
    rule = ANSWER_RULES[consent.matter]
    deadlines.meet(meeting, rule, actor=actor, on=day_of(at), owed_by=acting)
    with office_language():
        words = Verdict(verdict).label
    record(actor, "meetings.meeting.day_answered", meeting, verdict=str(words), remark=remark)
    _tell_proposer(meeting, consent, side, at)
    return consent


@action
def take_back(consent_id: int, *, actor: Actor, at: datetime) -> Consent:
    """Withdraw an open proposal of the actor's own side, so that another can be made."""
    consent = Consent.objects.get(pk=consent_id, matter__in=ANSWER_RULES)
    meeting = locked(consent.subject_id)
    policy_for(Meeting).require(actor, "answer", meeting)
    side = own_side(actor, meeting)
    withdrawn = consents.withdraw(consent_id, side=side, actor=actor, at=at)
    deadlines.cancel(meeting, ANSWER_RULES[consent.matter], actor=actor, on=day_of(at))
    record(actor, "meetings.meeting.proposal_withdrawn", meeting, day=consent.payload["day"])
    return withdrawn


def drop_proposal(meeting: Meeting, matter: str, *, actor: Actor, at: datetime) -> None:
    """What was proposed is overtaken: an open proposal falls away, whoever made it."""
    waiting = current(meeting, matter)
    if waiting is None:
        return
    consents.withdraw(waiting.pk, side=waiting.proposed_by, actor=actor, at=at)
    deadlines.cancel(meeting, ANSWER_RULES[matter], actor=actor, on=day_of(at))


def _answer_limit(meeting: Meeting, on: date) -> Reckoning:
    rules = rules_of(meeting.mechanism, on)
    return reckon(on, rules.consent_days, Unit.WORKDAYS, calendar_of(meeting.mechanism))


def _payload(when: tuple[date, time, str]) -> dict:
    day, starts_at, place = when
    return {
        "day": day.isoformat(),
        "starts_at": starts_at.isoformat("minutes"),
        "place": place,
    }


def _words(meeting: Meeting, when: tuple[date, time, str], remark: str) -> tuple[str, str]:
    day, starts_at, place = when
    words = {
        "meeting": meeting.title,
        "day": date_format(day),
        "time": starts_at.isoformat("minutes"),
        "place": place,
    }
    title = _("Day of %(meeting)s: %(day)s proposed") % words
    text = _("%(meeting)s is to be held on %(day)s at %(time)s in %(place)s.") % words
    return title, "\n".join(part for part in (text, meeting.reason, remark) if part)


def _tell_proposer(meeting: Meeting, consent: Consent, side: str, at: datetime) -> None:
    given = consent.answers.get(side=side)
    with office_language():
        title = _("%(side)s answered “%(verdict)s”: %(title)s") % {
            "side": party(meeting.mechanism, side).lead.short_name,
            "verdict": given.get_verdict_display(),
            "title": consent.title,
        }
    notify_once(
        officers(meeting.jurisdiction, consent.proposed_by, day_of(at)),
        meeting,
        reason=f"answered:{consent.pk}:{side}",
        title=title,
        text=given.remark,
        at=at,
    )

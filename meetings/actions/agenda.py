"""The agenda: the order of the topics, and the other side's consent to it."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.notifications.send import notify_once
from mechanisms.queries import party
from meetings.actions.steps import all_officers, day_of, locked, office_language
from meetings.models import Meeting, Topic
from meetings.papers.agenda import agenda_text
from meetings.plan import calendar_of, rules_of
from meetings.policy.circle import is_officer, sides_of
from meetings.policy.topics import OPEN_TO_TOPICS
from members.rosters import officers
from services.consents.actions import answer, propose, withdraw
from services.consents.models import Consent, ConsentState
from services.consents.queries import current

MATTER = "agenda"


@action
def shift(topic_id: int, *, actor: Actor, at: datetime, by: int) -> Topic:
    """Move a topic of the agenda `by` places: -1 is one earlier, 1 one later."""
    meeting = locked(Topic.objects.values_list("meeting_id", flat=True).get(pk=topic_id))
    topics = list(
        meeting.topics.on_agenda().select_for_update(of=("self",)).order_by("order", "pk")
    )
    topic = next((one for one in topics if one.pk == topic_id), None)
    if topic is None:
        raise RuleBroken("not_on_agenda", _("Only topics on the agenda have a place in it."))
    topic.meeting = meeting
    policy_for(Topic).require(actor, "decide", topic)
    require_open(meeting)
    before = topics.index(topic)
    place = min(max(before + by, 0), len(topics) - 1)
    if place == before:
        return topic
    topics.insert(place, topics.pop(before))
    for number, one in enumerate(topics, start=1):
        if one.order != number:
            one.order = number
            one.store()
    record(actor, "meetings.topic.moved", topic, before=before + 1, to=place + 1)
    agenda_changed(meeting, actor=actor, at=at)
    return topic


@action
def propose_agenda(meeting_id: int, *, side: str, actor: Actor, at: datetime) -> Consent:
    """Put the agenda as it stands to the other sides.

    Raises RuleBroken: "no_topic", "not_collecting", or what `consents.propose` raises.
    """
    meeting = locked(meeting_id)
    policy_for(Meeting).require(actor, "answer", meeting)
    _require_side(actor, meeting, side)
    require_open(meeting)
    if not meeting.topics.on_agenda().exists():
        raise RuleBroken("no_topic", _("There is no topic on the agenda yet."))
    with office_language():
        title = _("Agenda of “%(meeting)s”") % {"meeting": meeting}
        told = _("The agenda of “%(meeting)s” waits for your side's answer") % {"meeting": meeting}
    consent = propose(
        meeting,
        MATTER,
        side=side,
        actor=actor,
        at=at,
        title=title,
        text=agenda_text(meeting),
        sides=sides_of(meeting),
        due_on=_answer_by(meeting, at),
    )
    others = all_officers(meeting, day_of(at), but=side)
    key = f"agenda:{consent.pk}"
    notify_once(others, meeting, reason=key, title=told, text=consent.text, at=at)
    return consent


@action
def answer_agenda(
    consent_id: int, *, side: str, actor: Actor, at: datetime, verdict: str, remark: str = ""
) -> Consent:
    """One side's answer to the agenda; once all agree the meeting keeps the moment."""
    found = Consent.objects.get(pk=consent_id)
    meeting = locked(found.subject_id)
    policy_for(Meeting).require(actor, "answer", meeting)
    _require_side(actor, meeting, side)
    consent = answer(
        consent_id,
        side=side,
        actor=actor,
        organization=party(meeting.mechanism, side).acting,
        at=at,
        verdict=verdict,
        remark=remark,
    )
    if consent.state == ConsentState.AGREED:
        meeting.agenda_agreed_at = at
        meeting.store()
        record(actor, "meetings.meeting.agenda_agreed", meeting, digest=consent.digest)
    _tell_proposer(consent, meeting, at)
    return consent


def agenda_changed(meeting: Meeting, *, actor: Actor, at: datetime) -> None:
    """What was agreed to is no longer the agenda: an open proposal is withdrawn, an
    agreed one must be sought anew. Called inside an action that has locked `meeting`."""
    waiting = current(meeting, MATTER)
    if waiting is not None:
        withdraw(waiting.pk, side=waiting.proposed_by, actor=actor, at=at)
    if meeting.agenda_agreed_at is not None:
        meeting.agenda_agreed_at = None
        meeting.store()
        record(actor, "meetings.meeting.agenda_reopened", meeting)


def _answer_by(meeting: Meeting, at: datetime) -> date:
    days = rules_of(meeting.mechanism, meeting.planned_on).consent_days
    return calendar_of(meeting.mechanism).add_workdays(day_of(at), days)


def _tell_proposer(consent: Consent, meeting: Meeting, at: datetime) -> None:
    if consent.state == ConsentState.OPEN:
        return
    with office_language():
        title = _("Agenda of “%(meeting)s”: %(state)s") % {
            "meeting": meeting,
            "state": consent.get_state_display(),
        }
    notify_once(
        officers(meeting.jurisdiction, consent.proposed_by, day_of(at)),
        meeting,
        reason=f"agenda:{consent.pk}:{consent.state}",
        title=title,
        at=at,
    )


def _require_side(actor: Actor, meeting: Meeting, side: str) -> None:
    """An officer speaks for the own side only; the system for any."""
    if actor is not None and not is_officer(actor, meeting, side):
        raise RuleBroken("wrong_side", _("You act for another side of this meeting."))


def require_open(meeting: Meeting) -> None:
    """Topics and their order move between the agreement on the day and the beginning."""
    if meeting.state not in OPEN_TO_TOPICS or meeting.started_at is not None:
        raise RuleBroken(
            "not_collecting",
            _("Topics can be changed from the agreement on the day until the meeting begins."),
        )

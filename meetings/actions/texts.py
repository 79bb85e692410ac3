"""Opinion, minutes, consensus: drafted, put to the sides, confirmed, read."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.access.visibility import Visibility
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record, record_reading, words_of
from foundations.notifications.send import notify_once
from mechanisms.profile import TextRule
from mechanisms.queries import party
from meetings.actions.session import MINUTES_RULE
from meetings.actions.steps import all_officers, day_of, locked, move, office_language
from meetings.models import Meeting, MeetingText, Resolution, TextDraft
from meetings.papers import minutes
from meetings.papers import texts as papers
from meetings.plan import calendar_of, rules_of
from meetings.policy.circle import acts_for_side, own_side
from meetings.states import (
    TEXT_MOVES,
    MeetingState,
    ResolutionState,
    TextClass,
    TextState,
)
from members.models import Organization
from members.states import Role
from services.consents.actions import answer, propose, withdraw
from services.consents.models import Consent, ConsentState
from services.consents.queries import current
from services.deadlines.actions import meet

MATTER = "text"
READERS = {
    "participants": Visibility.MEETING,
    "list": Visibility.JOINT,
    "public": Visibility.PUBLISHABLE,
}


@action
def draft_text(meeting_id: int, text_class: str, *, actor: Actor, at: datetime) -> MeetingText:
    """The first draft of a text, taken from the record; the one there is, if there is one.

    Minutes move the meeting on. RuleBroken "not_held", or "no_such_text" where the
    institution knows no such text.
    """
    meeting = locked(meeting_id)
    policy_for(Meeting).require(actor, "record", meeting)
    if not meeting.is_held:
        raise RuleBroken("not_held", _("A text is drafted once the meeting was held."))
    known = meeting.texts.filter(text_class=text_class).first()
    if known is not None:
        return known
    rule = rule_of(meeting, text_class)
    text = MeetingText(
        meeting=meeting,
        text_class=text_class,
        title=papers.draft_title(meeting, text_class),
        body=papers.draft_body(meeting, text_class),
        visibility=READERS[rule.readers],
        internal=rule.internal,
        drafted_by=actor,
    )
    text.store()
    record(actor, "meetings.text.drafted", text, text_class=text_class)
    if text_class == TextClass.MINUTES and meeting.state == MeetingState.HELD:
        move(meeting, MeetingState.DRAFTED, actor, drafted_on=day_of(at).isoformat())
    return text


@action
def revise_text(
    text_id: int, *, actor: Actor, at: datetime, title: str, body: dict, version: int | None = None
) -> MeetingText:
    """Change a draft. Of each resolution only the words are the text's own: unit and day
    are read anew from the resolution."""
    text = locked_text(text_id)
    policy_for(MeetingText).require(actor, "revise", text)
    text.require_version(version)
    require_text_state(text, TextState.DRAFT)
    text.title, text.body = title, {**body, "resolved": _resolved(text, body["resolved"])}
    text.store()
    record(actor, "meetings.text.revised", text, draft=text.draft, on=day_of(at).isoformat())
    return text


@action
def propose_text(
    text_id: int, *, actor: Actor, at: datetime, version: int | None = None
) -> MeetingText:
    """Put the draft to the sides that confirm it; own side agrees by proposing.

    A text that nobody else confirms is settled at once. The draft is kept as it is.
    """
    text = locked_text(text_id)
    policy_for(MeetingText).require(actor, "propose", text)
    text.require_version(version)
    require_text_state(text, TextState.DRAFT)
    TextDraft.objects.create(
        text=text, number=text.draft, title=text.title, body=text.body, by=actor, at=at
    )
    move_text(text, TextState.PROPOSED, actor, draft=text.draft)
    if text.text_class == TextClass.MINUTES:
        meet(text.meeting, MINUTES_RULE, actor=actor, on=day_of(at))
    rule = rule_of(text.meeting, text.text_class)
    if rule.confirm:
        _put_to_sides(text, rule, actor, at)
    else:
        _confirm(text, actor)
    return text


@action
def answer_text(
    text_id: int,
    *,
    side: str,
    actor: Actor,
    at: datetime,
    verdict: str,
    remark: str = "",
    version: int | None = None,
) -> MeetingText:
    """A side confirms the draft, asks for an amendment, or refuses it.

    RuleBroken "wrong_side" unless the actor is the liaison officer of `side`. The text
    is confirmed when every side has; otherwise it comes back as the next draft.
    """
    text = locked_text(text_id)
    policy_for(MeetingText).require(actor, "confirm", text)
    if actor is not None and not acts_for_side(actor, text.meeting, side, Role.LIAISON_OFFICER):
        raise RuleBroken(
            "wrong_side", _("Only the liaison officer of that side can answer for it.")
        )
    text.require_version(version)
    require_text_state(text, TextState.PROPOSED)
    consent = answer(
        _consent(text).pk,
        side=side,
        actor=actor,
        organization=_speaking_for(text.meeting, side),
        at=at,
        verdict=verdict,
        remark=remark,
    )
    _follow(text, consent, actor, at)
    return text


@action
def recall_text(
    text_id: int, *, actor: Actor, at: datetime, version: int | None = None
) -> MeetingText:
    """The proposing side takes its draft back to change it; it becomes the next draft."""
    text = locked_text(text_id)
    policy_for(MeetingText).require(actor, "propose", text)
    text.require_version(version)
    require_text_state(text, TextState.PROPOSED)
    withdraw(_consent(text).pk, side=own_side(actor, text.meeting), actor=actor, at=at)
    _back_to_draft(text, actor)
    return text


def take_in(resolution: Resolution, *, actor: Actor, at: datetime) -> None:
    """Minutes that are drafted already get a resolution more; put to the sides or confirmed,
    they come back as the next draft, for each side to confirm anew."""
    text = resolution.meeting.minutes
    if text is None or resolution.closed:
        return
    text = locked_text(text.pk)
    if text.state == TextState.PROPOSED:
        consent = _consent(text)
        withdraw(consent.pk, side=consent.proposed_by, actor=actor, at=at)
    if text.state == TextState.CONFIRMED:
        move(text.meeting, MeetingState.DRAFTED, actor)
    line = minutes.resolved_line(resolution)
    text.body = {**text.body, "resolved": [*text.body["resolved"], line]}
    if text.state == TextState.DRAFT:
        text.store()
    else:
        _back_to_draft(text, actor)
        _tell_anew(text, at)


@action
def note_reading(text_id: int, *, actor: Actor) -> None:
    """Write into the trail that somebody opened an internal text (YN-20)."""
    text = MeetingText.objects.select_related("meeting__mechanism__jurisdiction").get(pk=text_id)
    record_reading(actor, text, draft=text.draft, state=text.state)


def rule_of(meeting: Meeting, text_class: str) -> TextRule:
    """How the institution keeps a class of text; RuleBroken "no_such_text" if it has none."""
    rule = rules_of(meeting.mechanism, meeting.held_on or meeting.planned_on).texts.get(text_class)
    if rule is None:
        raise RuleBroken("no_such_text", _("This institution has no such text."))
    return rule


def locked_text(text_id: int) -> MeetingText:
    """The text and its meeting, the meeting locked first."""
    meeting = locked(MeetingText.objects.values_list("meeting_id", flat=True).get(pk=text_id))
    text = MeetingText.objects.select_for_update(of=("self",)).get(pk=text_id)
    text.meeting = meeting
    return text


def require_text_state(text: MeetingText, state: str) -> None:
    if text.state != state:
        raise RuleBroken(
            "bad_transition",
            _("This cannot be done any more: the text is “%(state)s”.")
            % {"state": text.get_state_display()},
        )


def move_text(text: MeetingText, to: str, actor: Actor, **data: Any) -> None:
    before = TextState(text.state)
    if to not in TEXT_MOVES[before]:
        raise RuleBroken(
            "bad_transition",
            _("A text that is “%(before)s” cannot become “%(to)s”.")
            % {"before": before.label, "to": TextState(to).label},
        )
    text.state = to
    text.store()
    record(actor, f"meetings.text.{to}", text, before=before.value, **data)


def _resolved(text: MeetingText, typed: list[dict]) -> list[dict]:
    words = {line["id"]: line["text"] for line in typed}
    known = {line["id"] for line in text.body["resolved"]}
    return [
        {**line, "text": words.get(line["id"], line["text"])}
        for line in minutes.resolved(text.meeting)
        if line["id"] in known
    ]


def _put_to_sides(text: MeetingText, rule: TextRule, actor: Actor, at: datetime) -> None:
    meeting, on = text.meeting, day_of(at)
    days = rules_of(meeting.mechanism, on).minutes_days_after
    with office_language():
        title = _("%(title)s, draft %(n)d") % {"title": text.title, "n": text.draft}
    propose(
        text,
        MATTER,
        side=own_side(actor, meeting),
        actor=actor,
        at=at,
        title=title,
        text=papers.canonical(text),
        sides=list(rule.confirm),
        payload={"draft": text.draft},
        due_on=calendar_of(meeting.mechanism).add_workdays(on, days),
    )
    with office_language():
        told = _("To confirm: %(title)s") % {"title": title}
    others = all_officers(meeting, on, but=own_side(actor, meeting))
    notify_once(others, text, reason=f"proposed:{text.draft}", title=told, at=at)


def _consent(text: MeetingText) -> Consent:
    consent = current(text, MATTER)
    if consent is None:
        raise RuleBroken("consent_closed", _("Nothing waits for an answer here."))
    return consent


def _speaking_for(meeting: Meeting, side: str) -> Organization:
    return party(meeting.mechanism, side).acting


def _follow(text: MeetingText, consent: Consent, actor: Actor, at: datetime) -> None:
    """Move the text as its settled consent says; the proposer is told."""
    if consent.state == ConsentState.OPEN:
        return
    agreed = consent.state == ConsentState.AGREED
    if agreed:
        _confirm(text, actor)
    else:
        _back_to_draft(text, actor)
    with office_language():
        words = _("Confirmed: %(text)s") if agreed else _("Sent back: %(text)s")
    title = words % {"text": consent.title}
    others = all_officers(text.meeting, day_of(at), but=own_side(actor, text.meeting))
    notify_once(others, text, reason=f"answered:{consent.public_id}", title=title, at=at)


def _tell_anew(text: MeetingText, at: datetime) -> None:
    with office_language():
        title = _("A resolution was added; to be confirmed anew: %(text)s") % {"text": text.title}
    officers = all_officers(text.meeting, day_of(at))
    notify_once(officers, text, reason=f"anew:{text.draft}", title=title, at=at)


def _back_to_draft(text: MeetingText, actor: Actor) -> None:
    text.draft += 1
    move_text(text, TextState.DRAFT, actor, draft=text.draft)


def _confirm(text: MeetingText, actor: Actor) -> None:
    move_text(text, TextState.CONFIRMED, actor, draft=text.draft)
    if text.text_class == TextClass.MINUTES:
        _adopt_wording(text, actor)
        move(text.meeting, MeetingState.CONFIRMED, actor)


def _adopt_wording(text: MeetingText, actor: Actor) -> None:
    """A resolution reads from now on as both sides confirmed it in the minutes."""
    words = {line["id"]: line["text"] for line in text.body["resolved"]}
    rows = Resolution.objects.select_for_update().filter(
        meeting=text.meeting, public_id__in=words, state=ResolutionState.OPEN
    )
    for resolution in rows.order_by("pk"):
        if resolution.text != words[resolution.public_id]:
            before, resolution.text = resolution.text, words[resolution.public_id]
            resolution.store()
            said = words_of(resolution, before=before)
            record(actor, "meetings.resolution.reworded", resolution, **said)

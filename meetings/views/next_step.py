"""What the reader can do next with a meeting: one primary verb a state, then the others."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from foundations.access.policy import policy_for
from foundations.access.rows import Record
from meetings.models import Meeting, MeetingText
from meetings.policy.circle import invited, is_officer, is_secretariat, own_side
from meetings.policy.topics import organizations_for
from meetings.states import (
    MeetingKind,
    MeetingState,
    ReceiptState,
    TextClass,
    TextState,
    TopicState,
)
from meetings.views.frame import answer_url, open_consent, texts_seen
from members.models import User

S = MeetingState


@dataclass(frozen=True)
class Verb:
    """A button: it leads to the page where the thing is done."""

    label: str
    url: str
    icon: str = ""


def next_step(user: User, meeting: Meeting, on: date) -> Verb | None:
    """The one thing that the reader should do now; None while others have to act."""
    asking = {
        S.PROPOSED: _settle_ad_hoc,
        S.PLANNED: _settle_day,
        S.COLLECTING: _prepare,
        S.NOTIFIED: _hold,
        S.HELD: _draft,
        S.DRAFTED: _confirm,
        S.CONFIRMED: _finish,
    }
    ask = asking.get(S(meeting.state))
    return ask(user, meeting, on) if ask else None


def other_verbs(user: User, meeting: Meeting) -> list[Verb]:
    """What may be done besides, in the order of how often it is."""
    may = policy_for(Meeting).can
    ready = meeting.state in (S.COLLECTING, S.NOTIFIED)
    movable = ready or meeting.state == S.PLANNED
    regular = meeting.kind == MeetingKind.REGULAR
    verbs = []
    if ready:
        verbs.append(_verb(_("Calendar file"), "calendar", meeting, "calendar-check"))
    if ready and may(user, "arrange", meeting):
        verbs.append(_verb(_("Arrange"), "arrange", meeting, "sliders"))
    if meeting.state == S.COLLECTING and may(user, "propose_day", meeting):
        verbs.append(_verb(_("Propose another day"), "day", meeting, "calendar-event"))
    if meeting.state == S.NOTIFIED and not meeting.in_session and may(user, "record", meeting):
        verbs.append(_verb(_("Begin recording"), "recorder", meeting, "record-circle"))
    if movable and may(user, "postpone", meeting):
        verbs.append(_verb(_("Postpone"), "postpone", meeting, "calendar-plus"))
    if regular and movable and meeting.state != S.NOTIFIED and may(user, "swap", meeting):
        verbs.append(_verb(_("Exchange hosts"), "swap", meeting, "arrow-left-right"))
    if meeting.is_ahead and may(user, "cancel", meeting):
        verbs.append(_verb(_("Cancel the meeting"), "cancel", meeting, "x-circle"))
    return verbs


def _verb(label: str, name: str, row: Record, icon: str = "", *more: str) -> Verb:
    return Verb(label, reverse(f"meetings:{name}", args=[row.public_id, *more]), icon)


def _answer(user: User, meeting: Meeting, matter: str, label: str) -> Verb | None:
    consent = open_consent(meeting, matter)
    url = answer_url(consent, user, meeting) if consent else ""
    return Verb(label, url, "reply") if url else None


def _settle_ad_hoc(user: User, meeting: Meeting, on: date) -> Verb | None:
    if open_consent(meeting, "ad_hoc"):
        return _answer(user, meeting, "ad_hoc", _("Answer the proposal"))
    if policy_for(Meeting).can(user, "propose_again", meeting):
        return _verb(_("Propose again"), "day", meeting, "calendar-event")
    return None


def _settle_day(user: User, meeting: Meeting, on: date) -> Verb | None:
    if open_consent(meeting, "day"):
        return _answer(user, meeting, "day", _("Answer the day"))
    if policy_for(Meeting).can(user, "propose_day", meeting):
        return _verb(_("Agree on the day"), "day", meeting, "calendar-event")
    return None


def _prepare(user: User, meeting: Meeting, on: date) -> Verb | None:
    waiting = _answer(user, meeting, "day", _("Answer the day"))
    waiting = waiting or _answer(user, meeting, "agenda", _("Answer the agenda"))
    if waiting:
        return waiting
    on_agenda = any(topic.state == TopicState.ACCEPTED for topic in meeting.topics.all())
    if on_agenda and (notice := _own_notice(user, meeting)):
        return notice
    if organizations_for(user, meeting).exists():
        return _verb(_("Submit a topic"), "topic-new", meeting, "plus-lg")
    return None


def _hold(user: User, meeting: Meeting, on: date) -> Verb | None:
    secretariat = is_secretariat(user, meeting)
    if meeting.in_session:
        label = _("Go on recording")
        return _verb(label, "recorder", meeting, "record-circle") if secretariat else None
    if notice := _own_notice(user, meeting):
        return notice
    mine = meeting.invitations.filter(invited(user), notified_at__isnull=False)
    if unanswered := mine.filter(receipt=ReceiptState.NONE).first():
        return _verb(_("Return the receipt"), "receipt", unanswered, "reply")
    if secretariat and on >= meeting.planned_on:
        return _verb(_("Begin recording"), "recorder", meeting, "record-circle")
    return None


def _own_notice(user: User, meeting: Meeting) -> Verb | None:
    """Each side issues its own notice to its own people (YN-4)."""
    side = own_side(user, meeting)
    if not side or not is_officer(user, meeting, side) or _has_notified(meeting, side):
        return None
    return _verb(_("Issue our side's notice"), "notice", meeting, "send")


def _has_notified(meeting: Meeting, side: str) -> bool:
    """Has the side told its people of the meeting as it stands now?"""
    notices = meeting.side_notices.all()
    return any(one.side == side and one.sequence == meeting.sequence for one in notices)


def _draft(user: User, meeting: Meeting, on: date) -> Verb | None:
    if not policy_for(Meeting).can(user, "record", meeting):
        return None
    return _verb(_("Draft the minutes"), "text-new", meeting, "pencil", TextClass.MINUTES.value)


def _confirm(user: User, meeting: Meeting, on: date) -> Verb | None:
    text = _minutes(user, meeting)
    if text is None:
        return None
    consent = open_consent(meeting, "text", text)
    if consent is not None:
        url = answer_url(consent, user, meeting)
        return Verb(_("Confirm the minutes"), url, "check2-square") if url else None
    if text.state == TextState.DRAFT and policy_for(MeetingText).can(user, "propose", text):
        return _verb(_("Put the minutes to the other side"), "text", text, "send")
    return None


def _finish(user: User, meeting: Meeting, on: date) -> Verb | None:
    if not is_officer(user, meeting):
        return None
    text = _minutes(user, meeting)
    if text is not None and text.state == TextState.CONFIRMED:
        return _verb(_("Issue the minutes"), "text", text, "file-earmark-check")
    return _verb(_("Close the meeting"), "close", meeting, "check2-all")


def _minutes(user: User, meeting: Meeting) -> MeetingText | None:
    texts = texts_seen(user, meeting)
    return next((text for text in texts if text.text_class == TextClass.MINUTES), None)

"""The only writers of topics (议题) and of the material behind them."""

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record, words_of
from mechanisms.profile import MeetingRules
from mechanisms.queries import parties
from meetings.actions.agenda import agenda_changed, require_open
from meetings.actions.standing import EDITABLE, add_standing_items, last_place
from meetings.actions.steps import day_of, locked
from meetings.models import Meeting, Topic
from meetings.plan import rules_of
from meetings.policy.circle import is_secretariat
from meetings.policy.topics import OPEN_TO_TOPICS
from meetings.states import TOPIC_MOVES, TOPICS, TopicState
from members.models import Organization, Person
from services.deadlines import actions as deadlines
from services.documents.attachments import attach, attachments_of
from services.documents.models import Attachment


@action
def submit(
    meeting_id: int,
    *,
    actor: Actor,
    at: datetime,
    organization: Organization,
    kind: str,
    title: str,
    opinion: str = "",
    presenter: Person | None = None,
    presenter_name: str = "",
    minutes_planned: int = 15,
    pending_case: bool = False,
    confidential: bool = False,
    late_reason: str = "",
    form_token: str | None = None,
) -> Topic:
    """Give in a topic for a meeting that collects them; by the same form, once.

    Raises RuleBroken: "not_collecting"; "topics_closed" after the day on which topics were
    due, unless a secretariat gives `late_reason`; "unknown_kind"; "opinion_missing" where
    the type asks for a concrete opinion (YN-19); "presenter_missing".
    """
    meeting = locked(meeting_id)
    topic = Topic(
        meeting=meeting,
        organization=organization,
        submitted_by=actor,
        kind=kind,
        title=title.strip(),
        opinion=opinion.strip(),
        presenter=presenter,
        presenter_name=presenter_name.strip(),
        minutes_planned=minutes_planned,
        pending_case=pending_case,
        confidential=confidential,
        form_token=form_token,
    )
    policy_for(Topic).require(actor, "submit", topic)
    made = Topic.made_before(form_token, title=topic.title, opinion=topic.opinion)
    if made is not None:
        return made
    require_open(meeting)
    _check_words(topic, _rules(meeting))
    topic.late_reason = _late_reason(meeting, actor, at, late_reason.strip())
    topic.order = last_place(meeting) + 1
    topic.store()
    late = words_of(topic, late_reason=topic.late_reason) if topic.late_reason else {}
    record(actor, "meetings.topic.submitted", topic, organization=str(organization), **late)
    _meet_duty(topic, actor, day_of(at))
    return topic


def _meet_duty(topic: Topic, actor: Actor, on: date) -> None:
    """With its first topic a side has done what the call for topics asked of it."""
    side = topic.organization.side if topic.organization else ""
    for one in parties(topic.meeting.mechanism):
        if one.side == side:
            deadlines.meet(topic.meeting, TOPICS, actor=actor, on=on, owed_by=one.acting)


@action
def revise(
    topic_id: int, *, actor: Actor, at: datetime, version: int | None = None, **given: Any
) -> Topic:
    """Change the words of a topic; `given` are fields of `EDITABLE`.

    A topic on the agenda may still be changed; an agenda that was agreed to is then open
    again.
    """
    topic = _locked(topic_id)
    policy_for(Topic).require(actor, "edit", topic)
    topic.require_version(version)
    require_open(topic.meeting)
    if topic.state not in (TopicState.SUBMITTED, TopicState.ACCEPTED):
        raise RuleBroken("topic_closed", _("This topic is no longer for this meeting."))
    changed = [name for name in EDITABLE if name in given and getattr(topic, name) != given[name]]
    for name in changed:
        setattr(topic, name, given[name])
    _check_words(topic, _rules(topic.meeting))
    if changed:
        topic.store()
        record(actor, "meetings.topic.revised", topic, changed=changed)
        _agenda_touched(topic, actor, at)
    return topic


@action
def accept(topic_id: int, *, actor: Actor, at: datetime) -> Topic:
    """Put a topic on the agenda, last in order.

    Raises RuleBroken("material_missing") if the profile asks for material and there is none.
    """
    topic = _for_decision(topic_id, actor)
    if _rules(topic.meeting).material_required and not material_of(topic):
        raise RuleBroken(
            "material_missing",
            _("“%(title)s” has no material yet; add it before the topic goes on the agenda.")
            % {"title": topic.title},
            field="file",
        )
    topic.order = last_place(topic.meeting) + 1
    _move(topic, TopicState.ACCEPTED, actor)
    agenda_changed(topic.meeting, actor=actor, at=at)
    return topic


@action
def merge(topic_id: int, *, into: Topic, actor: Actor, at: datetime, reason: str) -> Topic:
    """Treat a topic within another one of the same meeting."""
    topic = _for_decision(topic_id, actor)
    fits = (TopicState.SUBMITTED, TopicState.ACCEPTED)
    if into.meeting_id != topic.meeting_id or into.pk == topic.pk or into.state not in fits:
        raise RuleBroken("bad_merge", _("Choose another topic of the same meeting."), field="into")
    if topic.confidential and not into.confidential:
        raise RuleBroken(
            "merge_opens",
            _("A confidential topic cannot be merged into an open one."),
            field="into",
        )
    topic.merged_into = into
    return _decide(topic, TopicState.MERGED, actor, at, reason)


@action
def defer(topic_id: int, *, actor: Actor, at: datetime, reason: str) -> Topic:
    """Leave a topic for the next regular meeting; there it comes back by itself."""
    topic = _decide(_for_decision(topic_id, actor), TopicState.DEFERRED, actor, at, reason)
    following = (
        topic.meeting.mechanism.meetings.regular()
        .filter(state__in=OPEN_TO_TOPICS, planned_on__gt=topic.meeting.planned_on)
        .order_by("planned_on")
        .first()
    )
    if following is not None:
        add_standing_items(locked(following.pk), actor=actor, at=at)
    return topic


@action
def withdraw(topic_id: int, *, actor: Actor, at: datetime, reason: str) -> Topic:
    """Taken back by whoever gave it in; it stays readable, with the reason."""
    topic = _locked(topic_id)
    policy_for(Topic).require(actor, "withdraw", topic)
    require_open(topic.meeting)
    return _decide(topic, TopicState.WITHDRAWN, actor, at, reason)


@action
def take_up_again(topic_id: int, *, actor: Actor, at: datetime) -> Topic:
    """A deferred topic, or one on the agenda, is submitted once more."""
    topic = _for_decision(topic_id, actor)
    if topic.carried_to.exists():
        raise RuleBroken("already_carried", _("This topic stands in a later meeting already."))
    was_on_agenda = topic.state == TopicState.ACCEPTED
    topic.reason = ""
    _move(topic, TopicState.SUBMITTED, actor, verb="taken_up")
    if was_on_agenda:
        agenda_changed(topic.meeting, actor=actor, at=at)
    return topic


@action
def add_material(
    topic_id: int,
    *,
    actor: Actor,
    at: datetime,
    upload: UploadedFile,
    declared: bool,
    confidential: bool = False,
) -> Attachment:
    """Attach a file to a topic; what belongs to a confidential topic is confidential.

    Raises what `services.documents.attachments.attach` raises, and "not_collecting".
    """
    topic = _locked(topic_id)
    policy_for(Topic).require(actor, "edit", topic)
    require_open(topic.meeting)
    return attach(
        topic,
        upload,
        actor=actor,
        at=at,
        jurisdiction=topic.jurisdiction,
        declared=declared,
        visibility=topic.visibility,
        confidential=confidential or topic.confidential,
        organization=topic.organization,
    )


def material_of(topic: Topic) -> list[Attachment]:
    """The attachments of a topic and of those that it was carried over from."""
    found: list[Attachment] = []
    earlier: Topic | None = topic
    while earlier is not None:
        found += attachments_of(earlier)
        earlier = earlier.carried_from
    return found


def _rules(meeting: Meeting) -> MeetingRules:
    return rules_of(meeting.mechanism, meeting.planned_on)


def _locked(topic_id: int) -> Topic:
    """The topic and, before it, its meeting, locked until the transaction ends."""
    meeting = locked(Topic.objects.values_list("meeting_id", flat=True).get(pk=topic_id))
    topic = (
        Topic.objects.select_for_update(of=("self",))
        .select_related("organization")
        .get(pk=topic_id)
    )
    topic.meeting = meeting
    return topic


def _for_decision(topic_id: int, actor: Actor) -> Topic:
    topic = _locked(topic_id)
    policy_for(Topic).require(actor, "decide", topic)
    require_open(topic.meeting)
    return topic


def _decide(topic: Topic, to: str, actor: Actor, at: datetime, reason: str) -> Topic:
    if not reason.strip():
        raise RuleBroken("no_reason", _("Say why."), field="reason")
    was_on_agenda = topic.state == TopicState.ACCEPTED
    topic.reason = reason.strip()
    _move(topic, to, actor, **words_of(topic, reason=topic.reason))
    if was_on_agenda:
        agenda_changed(topic.meeting, actor=actor, at=at)
    return topic


def _move(topic: Topic, to: str, actor: Actor, *, verb: str = "", **data: Any) -> None:
    before = TopicState(topic.state)
    if to not in TOPIC_MOVES[before]:
        raise RuleBroken(
            "bad_transition",
            _("A topic that is “%(before)s” cannot become “%(to)s”.")
            % {"before": before.label, "to": TopicState(to).label},
        )
    topic.state = to
    topic.store()
    record(actor, f"meetings.topic.{verb or to}", topic, before=before.value, **data)


def _agenda_touched(topic: Topic, actor: Actor, at: datetime) -> None:
    if topic.state == TopicState.ACCEPTED:
        agenda_changed(topic.meeting, actor=actor, at=at)


def _late_reason(meeting: Meeting, actor: Actor, at: datetime, reason: str) -> str:
    """The reason that a topic after the due day needs; "" for one in time."""
    due = meeting.topics_due_on
    if due is None or day_of(at) <= due:
        return ""
    secretariat = actor is None or is_secretariat(actor, meeting)
    if secretariat and reason:
        return reason
    words = (
        _("Topics were due on %(day)s. To add one now, give the reason.")
        if secretariat
        else _("Topics were due on %(day)s. Ask the liaison officer of your side to add yours.")
    )
    field = "late_reason" if secretariat else ""
    raise RuleBroken("topics_closed", words % {"day": date_format(due)}, field=field)


def _check_words(topic: Topic, rules: MeetingRules) -> None:
    kind = next((one for one in rules.topic_types if one.key == topic.kind), None)
    if kind is None:
        raise RuleBroken("unknown_kind", _("Choose one of the types of topics."), field="kind")
    if kind.needs_opinion and not topic.opinion:
        raise RuleBroken(
            "opinion_missing",
            _("A topic of this type needs a concrete opinion: what should be decided or done."),
            field="opinion",
        )
    if not topic.presenter_label:
        raise RuleBroken(
            "presenter_missing", _("Say who presents the topic."), field="presenter_name"
        )

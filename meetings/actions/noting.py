"""What a meeting decides, line by line, while it is held."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.access.visibility import Visibility
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record, words_of
from meetings.actions.resolutions import locked_resolution, require_due
from meetings.actions.steps import day_of, locked
from meetings.models import Meeting, Resolution, Topic
from members.models import Organization


@action
def add_resolution(
    meeting_id: int,
    *,
    actor: Actor,
    topic: Topic | None,
    text: str,
    lead: Organization,
    due_on: date,
    support: Iterable[Organization] = (),
) -> Resolution:
    """Note what the meeting decided; it begins to run when the meeting ends."""
    meeting = _running(meeting_id, actor)
    require_due(due_on, day_of(meeting.started_at))
    given: dict[str, Any] = {
        "topic": topic,
        "text": text,
        "lead": lead,
        "due_on": due_on,
        "support": support,
    }
    return note(meeting, actor, "noted", **given)


def note(
    meeting: Meeting,
    actor: Actor,
    verb: str,
    *,
    topic: Topic | None,
    text: str,
    lead: Organization,
    due_on: date,
    support: Iterable[Organization],
) -> Resolution:
    """Put a resolution last on the record of a meeting; the trail calls it `verb`."""
    _require_opened(topic, actor)
    if meeting.resolutions.filter(topic=topic, text=text).exists():
        raise RuleBroken("noted_already", _("This is noted already."), field="text")
    last = meeting.resolutions.order_by("order").last()
    resolution = Resolution(
        meeting=meeting,
        topic=topic,
        order=last.order + 1 if last else 1,
        text=text,
        lead=lead,
        due_on=due_on,
        visibility=(
            Visibility.INVITED if topic is not None and topic.confidential else Visibility.JOINT
        ),
    )
    resolution.store()
    resolution.support.set(support)
    record(actor, f"meetings.resolution.{verb}", resolution, **_facts(resolution))
    return resolution


@action
def edit_resolution(
    resolution_id: int,
    *,
    actor: Actor,
    text: str,
    lead: Organization,
    due_on: date,
    support: Iterable[Organization] = (),
    version: int | None = None,
) -> Resolution:
    resolution = _noted(resolution_id, actor)
    resolution.require_version(version)
    require_due(due_on, day_of(resolution.meeting.started_at))
    before = _facts(resolution)
    resolution.text, resolution.lead, resolution.due_on = text, lead, due_on
    resolution.store()
    resolution.support.set(support)
    record(
        actor, "meetings.resolution.edited", resolution, before=before, after=_facts(resolution)
    )
    return resolution


@action
def remove_resolution(resolution_id: int, *, actor: Actor) -> None:
    """Take a line off the record while the meeting still runs; the trail keeps its words."""
    resolution = _noted(resolution_id, actor)
    record(actor, "meetings.resolution.removed", resolution.meeting, **_facts(resolution))
    resolution.delete()


def _running(meeting_id: int, actor: Actor) -> Meeting:
    meeting = locked(meeting_id)
    policy_for(Meeting).require(actor, "record", meeting)
    if not meeting.in_session:
        raise RuleBroken("not_in_session", _("The meeting is not being held now."))
    return meeting


def _noted(resolution_id: int, actor: Actor) -> Resolution:
    """A resolution of a running meeting that its recorder may still change."""
    resolution = locked_resolution(resolution_id)
    _running(resolution.meeting_id, actor)
    _require_opened(resolution.topic, actor)
    return resolution


def _facts(resolution: Resolution) -> dict:
    return {
        **words_of(resolution, text=resolution.text),
        "lead": resolution.lead.key if resolution.lead else "",
        "support": [unit.key for unit in resolution.support.all()],
        "due_on": str(resolution.due_on or ""),
    }


def _require_opened(topic: Topic | None, actor: Actor) -> None:
    """A resolution on a confidential topic is noted only by whoever may open it (YN-21)."""
    if topic is not None and actor is not None and not policy_for(Topic).sees(actor, topic):
        raise PermissionDenied("record")

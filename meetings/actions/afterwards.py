"""A resolution that was left out at the meeting, while its minutes can still take it in."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action
from meetings.actions.noting import note
from meetings.actions.resolutions import begin, require_due
from meetings.actions.steps import day_of, locked
from meetings.actions.texts import take_in
from meetings.models import Meeting, Resolution, Topic
from members.models import Organization


@action
def add_after_meeting(
    meeting_id: int,
    *,
    actor: Actor,
    at: datetime,
    topic: Topic | None,
    text: str,
    lead: Organization,
    due_on: date,
    support: Iterable[Organization] = (),
) -> Resolution:
    """Add what the meeting decided and nobody noted; it runs at once.

    RuleBroken "not_held" before the end of the meeting, "minutes_issued" once its minutes
    can say nothing new.
    """
    meeting = locked(meeting_id)
    policy_for(Meeting).require(actor, "record", meeting)
    _require_open(meeting)
    require_due(due_on, day_of(at))
    given: dict[str, Any] = {
        "topic": topic,
        "text": text,
        "lead": lead,
        "due_on": due_on,
        "support": support,
    }
    resolution = note(meeting, actor, "added", **given)
    begin(resolution, actor=actor, at=at, trigger_on=day_of(at))
    take_in(resolution, actor=actor, at=at)
    return resolution


def _require_open(meeting: Meeting) -> None:
    if not meeting.is_held:
        raise RuleBroken("not_held", _("Only after the meeting can anything be added to it."))
    if meeting.minutes_issued:
        raise RuleBroken(
            "minutes_issued",
            _("The minutes are issued. What is still to be decided belongs to the next meeting."),
        )

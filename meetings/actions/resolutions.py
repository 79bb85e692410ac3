"""Resolutions after the meeting: they run, change hands or day, are given up, run again."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record, words_of
from foundations.notifications.send import notify_once
from meetings.actions.closing import close_if_done
from meetings.actions.steps import day_of, locked, office_language
from meetings.models import Meeting, Resolution
from meetings.plan import calendar_of
from meetings.states import RESOLUTION_MOVES, ResolutionState
from members.models import Organization, User
from members.rosters import users_of
from services.deadlines.actions import cancel, move_due, open_deadline

RESOLUTION_RULE = "MT-RES"


def open_resolutions(meeting: Meeting, *, actor: Actor, at: datetime) -> None:
    """At the end of the meeting: every resolution runs, and its lead unit is told."""
    drafts = meeting.resolutions.filter(state=ResolutionState.DRAFT)
    for resolution in drafts.select_for_update(of=("self",)).select_related("lead"):
        resolution.meeting = meeting
        begin(resolution, actor=actor, at=at, trigger_on=meeting.held_on)


def begin(resolution: Resolution, *, actor: Actor, at: datetime, trigger_on: date) -> None:
    """What is noted runs from now on, and its lead unit is told."""
    due_on = resolution.due_on.isoformat()
    move_resolution(resolution, ResolutionState.OPEN, actor, "open", due_on=due_on)
    _open_deadline(resolution, actor, trigger_on=trigger_on)
    _tell_the_lead_to_begin(resolution, at)


@action
def cancel_resolution(
    resolution_id: int, *, actor: Actor, at: datetime, reason: str, version: int | None = None
) -> Resolution:
    resolution = locked_resolution(resolution_id)
    policy_for(Resolution).require(actor, "cancel", resolution)
    resolution.require_version(version)
    require_open(resolution)
    require_reason(reason)
    resolution.reason = reason.strip()
    move_resolution(
        resolution,
        ResolutionState.CANCELLED,
        actor,
        "cancelled",
        **words_of(resolution, reason=resolution.reason),
    )
    on = day_of(at)
    cancel(resolution, RESOLUTION_RULE, actor=actor, on=on)
    with office_language():
        title = _("No longer to be carried out: %(text)s") % {"text": resolution.text}
    _tell(resolution.lead, resolution, at, "cancelled", title)
    close_if_done(resolution.meeting, actor)
    return resolution


@action
def change_due(
    resolution_id: int,
    *,
    actor: Actor,
    at: datetime,
    due_on: date,
    reason: str,
    version: int | None = None,
) -> Resolution:
    """Give an open resolution another last day, for a reason that stays on record."""
    resolution = locked_resolution(resolution_id)
    policy_for(Resolution).require(actor, "change_due", resolution)
    resolution.require_version(version)
    require_open(resolution)
    require_reason(reason)
    require_due(due_on, day_of(at))
    before = resolution.due_on
    resolution.due_on, resolution.reason = due_on, reason.strip()
    resolution.store()
    record(
        actor,
        "meetings.resolution.due_changed",
        resolution,
        before=str(before),
        after=due_on.isoformat(),
        **words_of(resolution, reason=resolution.reason),
    )
    provisional = calendar_of(resolution.meeting.mechanism).provisional(due_on)
    move_due(resolution, RESOLUTION_RULE, actor=actor, due_on=due_on, provisional=provisional)
    with office_language():
        title = _("Another due date: %(text)s") % {"text": resolution.text}
    _tell(resolution.lead, resolution, at, f"due:{resolution.version}", title)
    return resolution


@action
def change_lead(
    resolution_id: int,
    *,
    actor: Actor,
    at: datetime,
    lead: Organization,
    due_on: date,
    reason: str,
    version: int | None = None,
) -> Resolution:
    """Give an open resolution to another lead unit, with a last day of its own.

    The unit before owes nothing any more; it still sees what becomes of the matter.
    """
    resolution = locked_resolution(resolution_id)
    policy_for(Resolution).require(actor, "change_lead", resolution)
    resolution.require_version(version)
    require_open(resolution)
    require_reason(reason)
    require_due(due_on, day_of(at))
    _require_free(resolution, lead)
    before, resolution.lead, resolution.handler = resolution.lead, lead, None
    resolution.due_on, resolution.reason = due_on, reason.strip()
    resolution.store()
    resolution.support.remove(lead)
    names = {"before": before.short_name, "after": lead.short_name}
    said = words_of(resolution, reason=resolution.reason)
    record(actor, "meetings.resolution.lead_changed", resolution, **names, **said)
    cancel(resolution, RESOLUTION_RULE, actor=actor, on=day_of(at), owed_by=before)
    _open_deadline(resolution, actor, trigger_on=day_of(at))
    _tell_both_units(resolution, before, at)
    return resolution


@action
def reopen_resolution(
    resolution_id: int,
    *,
    actor: Actor,
    at: datetime,
    due_on: date,
    reason: str,
    version: int | None = None,
) -> Resolution:
    """Take back that a resolution was done: it runs again, until a new last day."""
    resolution = locked_resolution(resolution_id)
    policy_for(Resolution).require(actor, "reopen", resolution)
    resolution.require_version(version)
    if resolution.state != ResolutionState.DONE:
        raise RuleBroken("not_done", _("Only what was counted as done can be taken up again."))
    require_reason(reason)
    require_due(due_on, day_of(at))
    resolution.done_on, resolution.due_on, resolution.reason = None, due_on, reason.strip()
    said = words_of(resolution, reason=resolution.reason)
    move_resolution(
        resolution, ResolutionState.OPEN, actor, "reopened", due_on=due_on.isoformat(), **said
    )
    _open_deadline(resolution, actor, trigger_on=day_of(at))
    with office_language():
        title = _("To be carried out again: %(text)s") % {"text": resolution.text}
    _tell(resolution.lead, resolution, at, f"reopened:{resolution.version}", title)
    return resolution


@action
def reassign_resolutions(ids: Iterable[int], *, actor: Actor, to: User | None) -> None:
    """Give what one person handles to another, as part of a hand-over."""
    rows = Resolution.objects.select_for_update(of=("self",)).filter(pk__in=ids)
    for resolution in rows.order_by("pk"):
        before = resolution.handler_id
        resolution.handler = to
        resolution.store()
        after = to.pk if to else None
        record(actor, "meetings.resolution.reassigned", resolution, before=before, after=after)


def locked_resolution(resolution_id: int) -> Resolution:
    """The resolution and its meeting, the meeting locked first."""
    meeting_id = Resolution.objects.values_list("meeting_id", flat=True).get(pk=resolution_id)
    meeting = locked(meeting_id)
    resolution = (
        Resolution.objects.select_for_update(of=("self",))
        .select_related("lead", "topic")
        .get(pk=resolution_id)
    )
    resolution.meeting = meeting
    return resolution


def move_resolution(resolution: Resolution, to: str, actor: Actor, verb: str, **data: Any) -> None:
    """Change the state, or raise RuleBroken("bad_transition"); the trail calls it `verb`."""
    before = ResolutionState(resolution.state)
    if to not in RESOLUTION_MOVES[before]:
        raise RuleBroken(
            "bad_transition",
            _("A resolution that is “%(before)s” cannot become “%(to)s”.")
            % {"before": before.label, "to": ResolutionState(to).label},
        )
    resolution.state = to
    resolution.store()
    record(actor, f"meetings.resolution.{verb}", resolution, before=before.value, **data)


def require_open(resolution: Resolution) -> None:
    if not resolution.is_open:
        raise RuleBroken("resolution_closed", _("This resolution is not in progress."))


def require_reason(reason: str) -> None:
    if not reason.strip():
        raise RuleBroken("reason_missing", _("Say why."), field="reason")


def require_due(due_on: date, first: date) -> None:
    """Raise RuleBroken("due_past") for a due date before `first`."""
    if due_on < first:
        raise RuleBroken(
            "due_past",
            _("The due date cannot be before %(day)s.") % {"day": date_format(first)},
            field="due_on",
        )


def _require_free(resolution: Resolution, lead: Organization) -> None:
    """It can go to `lead` unless that unit has it, or its last report is to be checked."""
    if lead == resolution.lead:
        raise RuleBroken("same_lead", _("This unit leads it already."), field="lead")
    if resolution.reports.to_check().exists():
        raise RuleBroken("report_waits", _("A report waits to be checked; answer it first."))


def _open_deadline(resolution: Resolution, actor: Actor, *, trigger_on: date) -> None:
    calendar = calendar_of(resolution.meeting.mechanism)
    with office_language():
        title = _("Resolution: %(text)s") % {"text": resolution.shown_text}
    open_deadline(
        resolution,
        RESOLUTION_RULE,
        actor=actor,
        title=title,
        jurisdiction=resolution.jurisdiction,
        owed_by=resolution.lead,
        trigger_on=trigger_on,
        due_on=resolution.due_on,
        handler=resolution.handler,
        provisional=calendar.provisional(resolution.due_on),
    )


def _tell_the_lead_to_begin(resolution: Resolution, at: datetime) -> None:
    meeting = resolution.meeting
    with office_language():
        title = _("A resolution to carry out: %(text)s") % {"text": resolution.text}
        text = _("Decided at %(meeting)s, due %(day)s.") % {
            "meeting": meeting.title,
            "day": date_format(resolution.due_on),
        }
    people = users_of(resolution.lead, day_of(at))
    notify_once(people, resolution, reason="open", title=title, text=text, at=at)


def _tell_both_units(resolution: Resolution, before: Organization, at: datetime) -> None:
    with office_language():
        taken = _("A resolution to carry out: %(text)s") % {"text": resolution.text}
        given = _("Given to %(unit)s: %(text)s") % {
            "unit": resolution.lead.short_name,
            "text": resolution.text,
        }
    _tell(resolution.lead, resolution, at, f"lead:{resolution.version}", taken)
    _tell(before, resolution, at, f"given:{resolution.version}", given)


def _tell(unit: Organization, resolution: Resolution, at: datetime, key: str, title: str) -> None:
    """Tell a unit what was done with the resolution, and why."""
    people = users_of(unit, day_of(at))
    notify_once(people, resolution, reason=key, title=title, text=resolution.reason, at=at)

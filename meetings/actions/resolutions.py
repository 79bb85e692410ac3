"""Resolutions after the meeting: they run, are reported on, checked, done or given up."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.trail import action, record
from foundations.notifications.send import notify_once
from meetings.actions.steps import all_officers, day_of, locked, move, office_language
from meetings.models import Meeting, ProgressReport, Resolution
from meetings.plan import calendar_of
from meetings.states import (
    RESOLUTION_MOVES,
    MeetingState,
    ReportVerdict,
    ResolutionState,
    TextClass,
    TextState,
)
from members.rosters import users_of
from services.deadlines.actions import cancel, meet, move_due, open_deadline
from services.documents.attachments import attach

RESOLUTION_RULE = "MT-RES"


def open_resolutions(meeting: Meeting, *, actor, at: datetime) -> None:
    """At the end of the meeting: every resolution runs, and its lead unit is told."""
    drafts = meeting.resolutions.filter(state=ResolutionState.DRAFT)
    for resolution in drafts.select_for_update(of=("self",)).select_related("lead"):
        resolution.meeting = meeting
        _move(resolution, ResolutionState.OPEN, actor, due_on=str(resolution.due_on))
        _open_deadline(resolution, actor, trigger_on=meeting.held_on)
        _tell_the_lead_to_begin(resolution, at)


@action
def report_progress(
    resolution_id: int,
    *,
    actor,
    at: datetime,
    text: str,
    done: bool = False,
    upload=None,
    declared: bool = False,
) -> ProgressReport:
    """The lead unit says how far it is; `done` asks a secretariat to count it as done.

    Whoever reports handles the resolution from then on.
    """
    resolution = locked_resolution(resolution_id)
    policy_for(Resolution).require(actor, "report", resolution)
    _require_open(resolution)
    if resolution.reports.to_check().exists():
        raise RuleBroken(
            "report_waits", _("Your last report waits to be checked. Nothing more is needed.")
        )
    on = day_of(at)
    twin = resolution.reports.filter(by=actor, on=on, text=text, done=done).first()
    if twin is not None:
        return twin
    report = ProgressReport(
        resolution=resolution,
        text=text,
        done=done,
        by=actor,
        organization=resolution.lead,
        on=on,
    )
    report.store()
    resolution.handler = actor
    resolution.store()
    record(actor, "meetings.resolution.reported", resolution, done=done, report=report.public_id)
    if upload is not None:
        _attach(report, upload, actor=actor, at=at, declared=declared)
    if done:
        _tell_the_sides(resolution, report, at)
    return report


@action
def accept_report(report_id: int, *, actor, at: datetime) -> Resolution:
    """Count a resolution as done on the day on which its unit said so."""
    report, resolution = _report_to_check(report_id, actor)
    _answer(report, ReportVerdict.ACCEPTED, actor, at)
    resolution.done_on = report.on
    _move(resolution, ResolutionState.DONE, actor, done_on=report.on.isoformat())
    meet(resolution, RESOLUTION_RULE, actor=actor, on=report.on)
    with office_language():
        title = _("Accepted as carried out: %(text)s") % {"text": resolution.text}
    _tell_the_reporter(report, at, title)
    close_if_done(resolution.meeting, actor)
    return resolution


@action
def return_report(report_id: int, *, actor, at: datetime, reason: str) -> ProgressReport:
    """Send a report back with what is missing; the time limit goes on."""
    report, resolution = _report_to_check(report_id, actor)
    _require_reason(reason)
    _answer(report, ReportVerdict.RETURNED, actor, at, reason.strip())
    with office_language():
        title = _("Sent back: %(text)s") % {"text": resolution.text}
    _tell_the_reporter(report, at, title)
    return report


@action
def cancel_resolution(
    resolution_id: int, *, actor, at: datetime, reason: str, version: int | None = None
) -> Resolution:
    resolution = locked_resolution(resolution_id)
    policy_for(Resolution).require(actor, "cancel", resolution)
    resolution.require_version(version)
    _require_open(resolution)
    _require_reason(reason)
    resolution.reason = reason.strip()
    _move(resolution, ResolutionState.CANCELLED, actor, reason=resolution.reason)
    on = day_of(at)
    cancel(resolution, RESOLUTION_RULE, actor=actor, on=on)
    with office_language():
        title = _("No longer to be carried out: %(text)s") % {"text": resolution.text}
    _tell_the_lead(resolution, at, "cancelled", title)
    close_if_done(resolution.meeting, actor)
    return resolution


@action
def change_due(
    resolution_id: int,
    *,
    actor,
    at: datetime,
    day: date,
    reason: str,
    version: int | None = None,
) -> Resolution:
    """Give an open resolution another last day, for a reason that stays on record."""
    resolution = locked_resolution(resolution_id)
    policy_for(Resolution).require(actor, "change_due", resolution)
    resolution.require_version(version)
    _require_open(resolution)
    _require_reason(reason)
    require_due(resolution.meeting, day, day_of(at))
    before = resolution.due_on
    resolution.due_on, resolution.reason = day, reason.strip()
    resolution.store()
    record(
        actor,
        "meetings.resolution.due_changed",
        resolution,
        before=str(before),
        after=day.isoformat(),
        reason=resolution.reason,
    )
    calendar = calendar_of(resolution.meeting.mechanism)
    provisional = calendar.provisional(day)
    move_due(resolution, RESOLUTION_RULE, actor=actor, due_on=day, provisional=provisional)
    with office_language():
        title = _("Another due date: %(text)s") % {"text": resolution.text}
    _tell_the_lead(resolution, at, f"due:{resolution.version}", title)
    return resolution


@action
def close_meeting(
    meeting_id: int, *, actor, reason: str = "", version: int | None = None
) -> Meeting:
    """Close a meeting whose minutes are issued; while resolutions run, with a reason.

    Closing does not end them: they are followed up all the same.
    """
    meeting = locked(meeting_id)
    policy_for(Meeting).require(actor, "record", meeting)
    meeting.require_version(version)
    if meeting.state == MeetingState.CONFIRMED and not _minutes_issued(meeting):
        raise RuleBroken("minutes_not_issued", _("Issue the minutes before closing the meeting."))
    if meeting.resolutions.open().exists() and not reason.strip():
        raise RuleBroken(
            "reason_missing",
            _("Some resolutions are still in progress. Say why the meeting is closed."),
            field="reason",
        )
    meeting.closed_reason = reason.strip()
    move(meeting, MeetingState.CLOSED, actor, reason=meeting.closed_reason)
    return meeting


def close_if_done(meeting: Meeting, actor) -> None:
    """Close the meeting by itself once its minutes are issued and nothing is left open."""
    if (
        meeting.state == MeetingState.CONFIRMED
        and _minutes_issued(meeting)
        and not meeting.resolutions.open().exists()
    ):
        move(meeting, MeetingState.CLOSED, actor)


@action
def reassign_resolutions(ids: Iterable[int], *, actor, to) -> None:
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


def _report_to_check(report_id: int, actor) -> tuple[ProgressReport, Resolution]:
    resolution_id = ProgressReport.objects.values_list("resolution_id", flat=True).get(
        pk=report_id
    )
    resolution = locked_resolution(resolution_id)
    policy_for(Resolution).require(actor, "check", resolution)
    report = ProgressReport.objects.select_for_update(of=("self",)).get(pk=report_id)
    report.resolution = resolution
    if not report.done or report.verdict != ReportVerdict.NONE or not resolution.is_open:
        raise RuleBroken("report_checked", _("This report does not wait to be checked."))
    return report, resolution


def _move(resolution: Resolution, to: str, actor, **data) -> None:
    before = ResolutionState(resolution.state)
    if to not in RESOLUTION_MOVES[before]:
        raise RuleBroken(
            "bad_transition",
            _("A resolution that is “%(before)s” cannot become “%(to)s”.")
            % {"before": before.label, "to": ResolutionState(to).label},
        )
    resolution.state = to
    resolution.store()
    record(actor, f"meetings.resolution.{to}", resolution, before=before.value, **data)


def _answer(report: ProgressReport, verdict: str, actor, at: datetime, remark: str = "") -> None:
    report.verdict, report.remark = verdict, remark
    report.answered_by, report.answered_at = actor, at
    report.store()
    record(
        actor,
        "meetings.resolution.report_checked",
        report.resolution,
        report=report.public_id,
        verdict=str(verdict),
        remark=remark,
    )


def _open_deadline(resolution: Resolution, actor, *, trigger_on: date) -> None:
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


def _attach(report: ProgressReport, upload, *, actor, at: datetime, declared: bool) -> None:
    attach(
        report,
        upload,
        actor=actor,
        at=at,
        jurisdiction=report.jurisdiction,
        declared=declared,
        visibility=report.resolution.visibility,
        organization=report.organization,
    )


def _require_open(resolution: Resolution) -> None:
    if not resolution.is_open:
        raise RuleBroken("resolution_closed", _("This resolution is not in progress."))


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise RuleBroken("reason_missing", _("Say why."), field="reason")


def require_due(meeting: Meeting, day: date, after: date | None = None) -> None:
    """A resolution is due on or after the day of its meeting, or on or after `after`."""
    first = after or meeting.held_on or day_of(meeting.started_at)
    if day < first:
        raise RuleBroken(
            "due_past",
            _("The due date cannot be before %(day)s.") % {"day": first.isoformat()},
            field="day" if after else "due_on",
        )


def _minutes_issued(meeting: Meeting) -> bool:
    return meeting.texts.filter(text_class=TextClass.MINUTES, state=TextState.ISSUED).exists()


def _tell_the_sides(resolution: Resolution, report: ProgressReport, at: datetime) -> None:
    with office_language():
        title = _("Reported as carried out: %(text)s") % {"text": resolution.text}
    notify_once(
        all_officers(resolution.meeting, day_of(at)),
        resolution,
        reason=f"report:{report.public_id}",
        title=title,
        text=report.text,
        at=at,
    )


def _tell_the_reporter(report: ProgressReport, at: datetime, title: str) -> None:
    if report.by is not None:
        notify_once(
            [report.by],
            report.resolution,
            reason=f"checked:{report.public_id}",
            title=title,
            text=report.remark,
            at=at,
        )


def _tell_the_lead_to_begin(resolution: Resolution, at: datetime) -> None:
    meeting = resolution.meeting
    with office_language():
        title = _("A resolution to carry out: %(text)s") % {"text": resolution.text}
        text = _("Decided at %(meeting)s, due %(day)s.") % {
            "meeting": meeting.title,
            "day": resolution.due_on.isoformat(),
        }
    people = users_of(resolution.lead, day_of(at))
    notify_once(people, resolution, reason="open", title=title, text=text, at=at)


def _tell_the_lead(resolution: Resolution, at: datetime, reason: str, title: str) -> None:
    notify_once(
        users_of(resolution.lead, day_of(at)),
        resolution,
        reason=reason,
        title=title,
        text=resolution.reason,
        at=at,
    )

"""What a unit reports on a resolution, and what the secretariats say to it."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record, words_of
from foundations.notifications.send import notify_once
from meetings.actions.closing import close_if_done
from meetings.actions.resolutions import (
    RESOLUTION_RULE,
    locked_resolution,
    move_resolution,
    require_open,
    require_reason,
)
from meetings.actions.steps import all_officers, day_of, office_language
from meetings.models import ProgressReport, Resolution
from meetings.states import ReportVerdict, ResolutionState
from services.deadlines.actions import meet
from services.documents.attachments import attach


@action
def report_progress(
    resolution_id: int,
    *,
    actor: Actor,
    at: datetime,
    text: str,
    done: bool = False,
    upload: UploadedFile | None = None,
    declared: bool = False,
) -> ProgressReport:
    """The lead unit says how far it is; `done` asks a secretariat to count it as done.

    Whoever reports handles the resolution from then on.
    """
    resolution = locked_resolution(resolution_id)
    policy_for(Resolution).require(actor, "report", resolution)
    require_open(resolution)
    if resolution.reports.to_check().exists():
        raise RuleBroken(
            "report_waits", _("Your last report waits to be checked. Nothing more is needed.")
        )
    on = day_of(at)
    unchecked = resolution.reports.filter(verdict=ReportVerdict.NONE)
    twin = unchecked.filter(by=actor, on=on, text=text, done=done).first()
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
def accept_report(report_id: int, *, actor: Actor, at: datetime) -> Resolution:
    """Count a resolution as done on the day on which its unit said so."""
    report, resolution = _report_to_check(report_id, actor)
    _answer(report, ReportVerdict.ACCEPTED, actor, at)
    resolution.done_on = report.on
    done_on = report.on.isoformat()
    move_resolution(resolution, ResolutionState.DONE, actor, "done", done_on=done_on)
    meet(resolution, RESOLUTION_RULE, actor=actor, on=report.on)
    with office_language():
        title = _("Accepted as carried out: %(text)s") % {"text": resolution.text}
    _tell_the_reporter(report, at, title)
    close_if_done(resolution.meeting, actor)
    return resolution


@action
def return_report(report_id: int, *, actor: Actor, at: datetime, reason: str) -> ProgressReport:
    """Send a report back with what is missing; the time limit goes on."""
    report, resolution = _report_to_check(report_id, actor)
    require_reason(reason)
    _answer(report, ReportVerdict.RETURNED, actor, at, reason.strip())
    with office_language():
        title = _("Sent back: %(text)s") % {"text": resolution.text}
    _tell_the_reporter(report, at, title)
    return report


def _report_to_check(report_id: int, actor: Actor) -> tuple[ProgressReport, Resolution]:
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


def _answer(
    report: ProgressReport, verdict: str, actor: Actor, at: datetime, remark: str = ""
) -> None:
    report.verdict, report.remark = verdict, remark
    report.answered_by, report.answered_at = actor, at
    report.store()
    record(
        actor,
        "meetings.resolution.report_checked",
        report.resolution,
        report=report.public_id,
        verdict=str(verdict),
        **words_of(report.resolution, remark=remark),
    )


def _attach(
    report: ProgressReport, upload: UploadedFile, *, actor: Actor, at: datetime, declared: bool
) -> None:
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


def _tell_the_sides(resolution: Resolution, report: ProgressReport, at: datetime) -> None:
    """An officer who may not know a confidential matter learns that one waits, no more."""
    with office_language():
        title = _("Reported as carried out: %(text)s") % {"text": resolution.shown_text}
    notify_once(
        all_officers(resolution.meeting, day_of(at)),
        resolution,
        reason=f"report:{report.public_id}",
        title=title,
        text="" if resolution.closed else report.text,
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

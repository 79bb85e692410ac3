"""What a joint activity left behind: material, opinions, scores, its report, its outcome."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from cases.actions.days import require_past
from cases.models import Dispute, Procedure
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for, visible_to
from foundations.access.visibility import Visibility
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from meetings.actions.activities import locked_activity, move
from meetings.actions.steps import day_of
from meetings.models import Activity, ActivityOpinion, ActivityReport, ReviewedFile
from meetings.states import ACTIVITY_REPORT, ActivityState
from members.models import Organization
from services.deadlines import actions as deadlines
from services.documents.attachments import attach, attach_all

S = ActivityState


@dataclass(frozen=True)
class OpinionWords:
    organization: Organization
    author: str
    on: date
    text: str
    helped: bool = False


@dataclass(frozen=True)
class FileWords:
    organization: Organization
    name: str
    score: Decimal
    reviewer: str = ""
    findings: str = ""
    award: str = ""
    procedure: Procedure | None = None


@action
def add_material(
    activity_id: int,
    *,
    actor: Actor,
    at: datetime,
    uploads: Sequence[UploadedFile],
    declared: bool,
) -> Activity:
    """Files for everyone who sees the activity. Raises RuleBroken as `attach` does."""
    activity = locked_activity(activity_id)
    policy_for(Activity).require(actor, "attach", activity)
    _require_not_cancelled(activity)
    attach_all(activity, uploads, actor=actor, at=at, declared=declared, **_kept(activity))
    record(actor, "meetings.activity.material", activity, files=len(uploads))
    return activity


@action
def give_opinion(
    activity_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: OpinionWords,
    token: str | None = None,
) -> ActivityOpinion:
    """What an observer or participant said of it. Raises PermissionDenied; RuleBroken
    "not_held", "future" (field on), "form_used"."""
    activity = locked_activity(activity_id)
    made = ActivityOpinion.made_before(token, text=words.text)
    if made is not None:
        return made
    opinion = ActivityOpinion(activity=activity, form_token=token, **vars(words))
    policy_for(ActivityOpinion).require(actor, "give", opinion)
    _require_held(activity)
    require_past(words.on, at)
    opinion.store()
    unit = words.organization.short_name
    record(actor, "meetings.activity.opinion", activity, unit=unit)
    return opinion


@action
def review_file(
    activity_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: FileWords,
    token: str | None = None,
) -> ReviewedFile:
    """The score of one file of a case-file review. Raises RuleBroken "no_review",
    "not_held", "activity_concluded", "bad_score" (field score), "unseen_case" (procedure),
    "form_used"."""
    activity = locked_activity(activity_id)
    made = ReviewedFile.made_before(token, name=words.name)
    if made is not None:
        return made
    policy_for(Activity).require(actor, "review", activity)
    if not activity.is_file_review:
        raise RuleBroken("no_review", _("Files are scored in a case-file review."))
    _require_held(activity)
    if activity.state == S.CONCLUDED:
        raise RuleBroken("activity_concluded", _("The review is concluded; its scores stand."))
    if not 0 <= words.score <= 100:
        raise RuleBroken("bad_score", _("A score lies between 0 and 100."), "score")
    _require_seen(words.procedure, actor)
    reviewed = ReviewedFile(activity=activity, form_token=token, **vars(words))
    reviewed.store()
    record(actor, "meetings.activity.reviewed", activity, unit=words.organization.short_name)
    return reviewed


@action
def hand_in_report(
    activity_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    text: str,
    recipients: str = "",
    copied_to: str = "",
    upload: UploadedFile | None = None,
    declared: bool = False,
    version: int | None = None,
) -> ActivityReport:
    """The report on it, once. Raises RuleBroken "not_held", "reported", "future" (field on),
    "report_before" (on), and as `attach` does."""
    activity = locked_activity(activity_id)
    policy_for(Activity).require(actor, "report", activity)
    activity.require_version(version)
    _require_held(activity)
    if hasattr(activity, "report"):
        raise RuleBroken("reported", _("The report was handed in before."))
    require_past(on, at)
    if activity.held_on and on < activity.held_on:
        raise RuleBroken("report_before", _("The report comes after the day itself."), "on")
    report = ActivityReport(activity=activity, organization=activity.host, on=on, text=text)
    report.recipients, report.copied_to = recipients, copied_to
    report.store()
    if upload is not None:
        attach(report, upload, actor=actor, at=at, declared=declared, **_kept(activity))
    deadlines.meet(activity, ACTIVITY_REPORT, actor=actor, on=on)
    record(actor, "meetings.activity.reported", activity, day=on.isoformat())
    return report


@action
def conclude(
    activity_id: int,
    *,
    actor: Actor,
    at: datetime,
    summary: str,
    discussion: str = "",
    link: str = "",
    version: int | None = None,
) -> Activity:
    """What came of it; nothing is added to its scores afterwards. `link` says where it was
    published. Raises RuleBroken "bad_transition", "report_missing"."""
    activity = locked_activity(activity_id)
    policy_for(Activity).require(actor, "conclude", activity)
    activity.require_version(version)
    if activity.report_due_on and not hasattr(activity, "report"):
        raise RuleBroken("report_missing", _("Its report is still to be handed in."))
    activity.summary, activity.discussion = summary.strip(), discussion.strip()
    activity.link = link.strip() or activity.link
    activity.concluded_on = day_of(at)
    move(activity, S.CONCLUDED, actor)
    return activity


def _kept(activity: Activity) -> dict[str, Any]:
    return {
        "jurisdiction": activity.jurisdiction,
        "visibility": Visibility.JOINT,
        "organization": activity.host,
    }


def _require_seen(procedure: Procedure | None, actor: Actor) -> None:
    if procedure is None or actor is None:
        return
    if not visible_to(actor, Dispute).filter(pk=procedure.dispute_id).exists():
        raise RuleBroken("unseen_case", _("Choose a case that you may open."), "procedure")


def _require_held(activity: Activity) -> None:
    if not activity.took_place:
        raise RuleBroken("not_held", _("First record that it took place."))


def _require_not_cancelled(activity: Activity) -> None:
    if activity.state == S.CANCELLED:
        raise RuleBroken("activity_over", _("This activity is over or was called off."))

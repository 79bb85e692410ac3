"""The only writers of the enforcement-issue ledger: found, rectified, verified, taken up again."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from cases.models import Procedure
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.access.visibility import Visibility
from foundations.audit.actor import Actor, User
from foundations.audit.trail import action, record
from foundations.notifications.send import notify_once
from mechanisms.models import Mechanism
from members.models import Organization
from members.policy import works_for
from services.deadlines.actions import meet, open_deadline
from services.documents.attachments import attach_all
from suggestions.actions.steps import day_of, office_language, people_of
from workplans.models import IssueLedgerEntry
from workplans.states import IssueState

RECTIFY = "ISSUE-RECTIFY"


@dataclass(frozen=True)
class Found:
    """What was found, in whom, and by when it is to be put right."""

    organization: Organization
    category: str
    cause: str
    what: str
    found_on: date
    rectify_by: date
    procedure: Procedure | None = None


@action
def enter(
    mechanism: Mechanism,
    *,
    actor: User,
    at: datetime,
    found_by: Organization,
    words: Found,
    token: str | None = None,
) -> IssueLedgerEntry:
    """The reconsideration body enters an issue; the unit is told and asked to rectify.

    Raises PermissionDenied; RuleBroken "future" (field found_on), "past" (rectify_by),
    "form_used".
    """
    if not works_for(actor, found_by):
        raise PermissionDenied("enter")
    Mechanism.objects.select_for_update().get(pk=mechanism.pk)
    made = IssueLedgerEntry.made_before(token, cause=words.cause, what=words.what)
    if made is not None:
        return made
    _check(words, day_of(at))
    entry = IssueLedgerEntry(
        mechanism=mechanism, found_by=found_by, by=actor, form_token=token, **vars(words)
    )
    entry.store()
    told = {"unit": entry.organization.short_name, "rectify_by": entry.rectify_by.isoformat()}
    record(actor, "workplans.issue.entered", entry, **told)
    _ask(entry, words.found_on, actor)
    with office_language():
        title = _("Enforcement issue to rectify: %(issue)s") % {"issue": entry}
    _tell(entry, people_of(entry.organization, at), "asked", title, actor, at)
    return entry


@action
def rectify(
    issue_id: int,
    *,
    actor: Actor,
    at: datetime,
    measures: str,
    rectified_on: date,
    files: Collection[UploadedFile] = (),
    declared: bool = False,
    version: int | None = None,
) -> IssueLedgerEntry:
    """The unit reports it as rectified, with evidence.

    Raises RuleBroken "stale", "future", "too_early" (field rectified_on), "no_measures"
    (measures), and what `attach` raises.
    """
    entry = _locked(issue_id)
    policy_for(IssueLedgerEntry).require(actor, "rectify", entry)
    entry.require_version(version)
    if not measures.strip():
        raise RuleBroken("no_measures", _("Say what was done."), "measures")
    if rectified_on > day_of(at):
        raise RuleBroken("future", _("This day is still to come."), "rectified_on")
    if rectified_on < entry.found_on:
        message = _("The issue was found after this day.")
        raise RuleBroken("too_early", message, "rectified_on")
    entry.state, entry.rectified_on = IssueState.RECTIFIED, rectified_on
    entry.measures = measures.strip()
    entry.store()
    _attach(entry, files, actor=actor, at=at, declared=declared)
    record(actor, "workplans.issue.rectified", entry, on=rectified_on.isoformat())
    meet(entry, RECTIFY, actor=actor, on=day_of(at))
    with office_language():
        title = _("Reported as rectified: %(issue)s") % {"issue": entry}
    mark = f"rectified:{entry.reopened}"
    _tell(entry, people_of(entry.found_by, at), mark, title, actor, at)
    return entry


@action
def verify(
    issue_id: int, *, actor: Actor, at: datetime, remark: str = "", version: int | None = None
) -> IssueLedgerEntry:
    """The reconsideration body has looked: it is rectified."""
    entry = _locked(issue_id)
    policy_for(IssueLedgerEntry).require(actor, "verify", entry)
    entry.require_version(version)
    entry.state, entry.verified_on = IssueState.VERIFIED, day_of(at)
    entry.remark = remark.strip()
    entry.store()
    record(actor, "workplans.issue.verified", entry, remark=entry.remark)
    return entry


@action
def reopen(
    issue_id: int,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
    rectify_by: date,
    version: int | None = None,
) -> IssueLedgerEntry:
    """It is not rectified, or came back; the unit is asked again.

    Raises RuleBroken "stale", "no_reason" (field reason), "past" (rectify_by).
    """
    entry = _locked(issue_id)
    policy_for(IssueLedgerEntry).require(actor, "reopen", entry)
    entry.require_version(version)
    on = day_of(at)
    if not reason.strip():
        raise RuleBroken("no_reason", _("Say what is not rectified."), "reason")
    if rectify_by < on:
        raise RuleBroken("past", _("This day is over already."), "rectify_by")
    entry.state, entry.rectify_by = IssueState.ASKED, rectify_by
    entry.rectified_on = entry.verified_on = None
    entry.reopened += 1
    entry.remark = reason.strip()
    entry.store()
    told = {"reason": entry.remark, "rectify_by": rectify_by.isoformat()}
    record(actor, "workplans.issue.reopened", entry, **told)
    _ask(entry, on, actor)
    with office_language():
        title = _("To be rectified again: %(issue)s") % {"issue": entry}
    mark = f"reopened:{entry.reopened}"
    _tell(entry, people_of(entry.organization, at), mark, title, actor, at)
    return entry


def _check(words: Found, on: date) -> None:
    if words.found_on > on:
        raise RuleBroken("future", _("This day is still to come."), "found_on")
    if words.rectify_by < words.found_on:
        message = _("It cannot be rectified before it was found.")
        raise RuleBroken("past", message, "rectify_by")


def _locked(issue_id: int) -> IssueLedgerEntry:
    rows = IssueLedgerEntry.objects.select_for_update(of=("self",))
    near = ("mechanism__jurisdiction", "organization", "found_by")
    return rows.select_related(*near).get(pk=issue_id)


def _ask(entry: IssueLedgerEntry, on: date, actor: Actor) -> None:
    with office_language():
        title = _("Rectify: %(issue)s") % {"issue": entry}
    open_deadline(
        entry,
        RECTIFY,
        actor=actor,
        title=title,
        jurisdiction=entry.jurisdiction,
        owed_by=entry.organization,
        trigger_on=on,
        due_on=entry.rectify_by,
        mechanism=entry.mechanism,
    )


def _attach(
    entry: IssueLedgerEntry,
    files: Collection[UploadedFile],
    *,
    actor: Actor,
    at: datetime,
    declared: bool,
) -> None:
    attach_all(
        entry,
        files,
        actor=actor,
        at=at,
        jurisdiction=entry.jurisdiction,
        declared=declared,
        visibility=Visibility.GOV_INTERNAL,
        organization=entry.organization,
    )


def _tell(
    entry: IssueLedgerEntry,
    people: Iterable[User],
    reason: str,
    title: str,
    actor: Actor,
    at: datetime,
) -> None:
    others = [user for user in people if user != actor]
    notify_once(others, entry, reason=reason, title=title, at=at)

"""What is owed is performed, reported, confirmed, or falls away."""

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.disputes import open_procedure
from cases.actions.promises import promise, rule_of, watch
from cases.actions.steps import locked_procedure, take
from cases.models import (
    DutySource,
    Party,
    Performance,
    PerformanceReport,
    PerformanceState,
    Procedure,
)
from cases.noticing import tell
from cases.profile import keeps
from cases.standing import refresh
from cases.states import Kind
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.access.visibility import Visibility
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members.models import Organization
from services.deadlines import actions as deadlines
from services.documents.attachments import attach

__all__ = ["promise"]
REPORTED = "FY-PERF-REP"
S = PerformanceState


@action
def add_performance(
    procedure_id: int,
    *,
    actor: Actor,
    at: datetime,
    owed_by: Organization | Party,
    what: str,
    due_on: date,
    source: str,
    token: str | None = None,
) -> Performance:
    """Enter a duty that no step and no agreement has brought about by itself.

    Raises PermissionDenied; RuleBroken "not_closed", "not_concerned" (field owed_by),
    "due_before" (field due_on), "form_used".
    """
    procedure = locked_procedure(procedure_id)
    planned = Performance(dispute=procedure.dispute, procedure=procedure)
    policy_for(Performance).require(actor, "edit", planned)
    made = Performance.made_before(token, what=what, due_on=due_on)
    if made is not None:
        return made
    if procedure.is_open:
        message = _("Nothing is owed by a procedure before it is closed.")
        raise RuleBroken("not_closed", message)
    _require_concerned(procedure, owed_by)
    item = promise(
        procedure.dispute,
        procedure=procedure,
        owed_by=owed_by if isinstance(owed_by, Organization) else None,
        party=owed_by if isinstance(owed_by, Party) else None,
        what=what,
        due_on=due_on,
        source=source,
        actor=actor,
        token=token,
    )
    refresh(procedure.dispute)
    return item


def _require_concerned(procedure: Procedure, owed_by: Organization | Party) -> None:
    dispute = procedure.dispute
    if isinstance(owed_by, Party):
        concerned = owed_by.dispute_id == dispute.pk
    else:
        parts = procedure.participants.filter(organization=owed_by)
        concerned = owed_by.pk == dispute.agency_id or parts.exists()
    if not concerned:
        message = _("“%(name)s” takes no part in this procedure.") % {"name": owed_by}
        raise RuleBroken("not_concerned", message, "owed_by")


@action
def perform(
    item_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    remark: str,
    file: UploadedFile | None = None,
    declared: bool = False,
    version: int | None = None,
) -> Performance:
    """Whoever owes it says that it was done on `on`, with the proof.

    When nothing else of a reconsideration is owed by the agency, its report falls due
    (YC-14). Raises PermissionDenied; RuleBroken "stale", "not_owed", "future", "before_duty"
    (field on), and what `attach` raises.
    """
    item = locked_item(item_id)
    policy_for(Performance).require(actor, "perform", item)
    item.require_version(version)
    _require_state(item, S.OWED)
    _check_day(item, on, at)
    item.state, item.performed_on, item.remark = S.PERFORMED, on, remark
    item.store()
    if file is not None:
        _attach(item, file, actor=actor, at=at, declared=declared)
    deadlines.meet(item, rule_of(item), actor=actor, on=on)
    _want_report(item, actor=actor)
    refresh(item.dispute)
    record(actor, "cases.performance.performed", item, on=str(on), late=item.was_late)
    if item.was_late:
        tell(item, on=timezone.localtime(at).date(), at=at)
    return item


def _attach(
    item: Performance, file: UploadedFile, *, actor: Actor, at: datetime, declared: bool
) -> None:
    attach(
        item,
        file,
        actor=actor,
        at=at,
        jurisdiction=item.dispute.jurisdiction,
        declared=declared,
        visibility=Visibility.JOINT,
        organization=item.organization or item.procedure.organ,
    )


def _want_report(item: Performance, *, actor: Actor) -> None:
    """One case, one report: ten days after the last thing was done, where the institution
    asks for it (YC-14)."""
    procedure, agency = item.procedure, item.organization
    if agency is None or procedure.kind != Kind.RECONSIDERATION:
        return
    own = procedure.performances.filter(organization=agency)
    reported = procedure.performance_reports.filter(organization=agency).exists()
    if reported or own.owed().exists():
        return
    days = own.done().order_by("-performed_on").values_list("performed_on", flat=True)
    last = days[0]
    if not keeps(item.dispute.mechanism, REPORTED, last):
        return
    deadlines.open_by_rule(
        procedure,
        REPORTED,
        actor=actor,
        title=item.dispute.title,
        jurisdiction=item.dispute.jurisdiction,
        owed_by=agency,
        trigger_on=last,
        mechanism=item.dispute.mechanism,
    )


@action
def report(
    procedure_id: int,
    *,
    actor: Actor,
    at: datetime,
    organization: Organization,
    on: date,
    text: str,
    file: UploadedFile | None = None,
    declared: bool = False,
    late: str = "",
    token: str | None = None,
) -> PerformanceReport:
    """The agency reports how it performed a reconsideration decision, once (YC-14).

    The organ's visit is then due in five days; where none is arranged yet it is arranged
    with it. Raises PermissionDenied; RuleBroken "not_reported_here", "still_owed",
    "reported", "before_duty", "future" (field on), "form_used", and what `attach` raises.
    """
    procedure = locked_procedure(procedure_id)
    made = PerformanceReport.made_before(token, organization=organization)
    if made is not None:
        return made
    row = PerformanceReport(
        procedure=procedure,
        organization=organization,
        reported_on=on,
        text=text,
        by=actor,
        form_token=token,
    )
    policy_for(PerformanceReport).require(actor, "report", row)
    _check_report(row, timezone.localtime(at).date())
    row.store()
    if file is not None:
        attach(
            row,
            file,
            actor=actor,
            at=at,
            jurisdiction=procedure.dispute.jurisdiction,
            declared=declared,
            visibility=Visibility.JOINT,
            organization=organization,
        )
    deadlines.meet(procedure, REPORTED, actor=actor, on=on, owed_by=organization)
    record(actor, "cases.performance.reported", row, on=str(on))
    _have_visited(procedure, at=at, on=on, late=late or text)
    return row


def _check_report(row: PerformanceReport, today: date) -> None:
    procedure = row.procedure
    own = procedure.performances.filter(organization=row.organization)
    if procedure.kind != Kind.RECONSIDERATION or not own.done().exists():
        message = _("The report follows what was performed of a reconsideration decision.")
        raise RuleBroken("not_reported_here", message)
    if own.owed().exists():
        message = _("Something of this decision is still owed; the report comes after it.")
        raise RuleBroken("still_owed", message)
    if procedure.performance_reports.filter(organization=row.organization).exists():
        raise RuleBroken("reported", _("This decision was reported on already."))
    last = own.done().order_by("-performed_on").values_list("performed_on", flat=True)[0]
    if row.reported_on > today:
        message = _("This day is still to come; a record tells what has happened.")
        raise RuleBroken("future", message, "on")
    if last is not None and row.reported_on < last:
        message = _("It was performed on %(day)s; the report comes after it.") % {"day": last}
        raise RuleBroken("before_duty", message, "on")


def _have_visited(procedure: Procedure, *, at: datetime, on: date, late: str) -> None:
    """By the system: the visit is the organ's duty, whoever reported."""
    waiting = procedure.dispute.procedures.filter(kind=Kind.VISIT, state="waiting").first()
    if waiting is None:
        waiting = arrange(procedure, actor=None, at=at, on=on, late=late)
    take(waiting.pk, "report_received", actor=None, at=at, on=on, reason=late)
    if procedure.state == "performing":
        take(procedure.pk, "visit", actor=None, at=at, on=on, reason=late)


def arrange(
    procedure: Procedure,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    late: str = "",
    token: str | None = None,
) -> Procedure:
    """Open the follow-up visit of a procedure of the caller; see `cases.actions.visits`."""
    given: dict[str, Any] = {"visit_reason": visit_reason(procedure)}
    items = procedure.performances.exclude(state=S.RELEASED).order_by("-due_on")
    due = items.values_list("due_on", flat=True).first() or procedure.fact("performance_due")
    if due:
        given["performance_due"] = due
    return open_procedure(
        procedure.dispute_id,
        Kind.VISIT,
        organ=procedure.organ,
        actor=actor,
        at=at,
        on=on,
        given=given,
        earlier=procedure,
        reason="回访",
        late=late,
        token=token,
    )


def visit_reason(procedure: Procedure) -> str:
    if procedure.outcome and procedure.outcome.settled:
        return "settlement" if procedure.kind != Kind.RECONSIDERATION else "reconsideration"
    if procedure.mode.startswith(("withdrawn", "deemed", "ended", "appeal_withdrawn")):
        return "settlement"
    return "reconsideration" if procedure.kind == Kind.RECONSIDERATION else "judgment"


@action
def confirm(
    item_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    done: bool,
    remark: str = "",
    version: int | None = None,
) -> Performance:
    """The organ finds that it was performed, or sends it back with what is missing.

    What is sent back is owed as before, by the same day. Raises PermissionDenied; RuleBroken
    "stale", "not_performed", "no_reason" (field remark), "future", "before_duty" (field on).
    """
    item = locked_item(item_id)
    policy_for(Performance).require(actor, "confirm", item)
    item.require_version(version)
    _require_state(item, S.PERFORMED)
    _check_day(item, on, at)
    if not done:
        return _send_back(item, actor=actor, on=on, remark=remark)
    item.state, item.confirmed_on = S.CONFIRMED, on
    item.remark = remark or item.remark
    item.store()
    record(actor, "cases.performance.confirmed", item, on=str(on))
    return item


def _send_back(item: Performance, *, actor: Actor, on: date, remark: str) -> Performance:
    if not remark.strip():
        raise RuleBroken("no_reason", _("Say what is missing."), "remark")
    item.state, item.performed_on, item.remark = S.OWED, None, remark
    item.store()
    watch(item, actor=actor, since=min(on, item.due_on))
    if item.organization:
        deadlines.cancel(item.procedure, REPORTED, actor=actor, on=on, owed_by=item.organization)
    refresh(item.dispute)
    record(actor, "cases.performance.returned", item, on=str(on))
    return item


@action
def release(
    item_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    remark: str,
    version: int | None = None,
) -> Performance:
    """It need not be performed any more: what it rested on is gone, or another was agreed.

    Raises PermissionDenied; RuleBroken "stale", "not_owed", "no_reason" (field remark).
    """
    item = locked_item(item_id)
    policy_for(Performance).require(actor, "confirm", item)
    item.require_version(version)
    _require_state(item, S.OWED)
    if not remark.strip():
        raise RuleBroken("no_reason", _("Say why it need not be performed."), "remark")
    item.state, item.remark = S.RELEASED, remark
    item.store()
    deadlines.cancel(item, rule_of(item), actor=actor, on=on)
    refresh(item.dispute)
    record(actor, "cases.performance.released", item, on=str(on))
    return item


def locked_item(item_id: int) -> Performance:
    found = Performance.objects.get(pk=item_id)
    procedure = locked_procedure(found.procedure_id)
    rows = Performance.objects.select_related("organization", "party")
    item = rows.select_for_update(of=("self",)).get(pk=item_id)
    item.procedure, item.dispute = procedure, procedure.dispute
    return item


def _require_state(item: Performance, wanted: str) -> None:
    if item.state == wanted:
        return
    code = "not_owed" if wanted == S.OWED else "not_performed"
    message = _("This cannot be done now: %(state)s.") % {"state": item.get_state_display()}
    raise RuleBroken(code, message)


def _check_day(item: Performance, on: date, at: datetime) -> None:
    if on > timezone.localtime(at).date():
        message = _("This day is still to come; a record tells what has happened.")
        raise RuleBroken("future", message, "on")
    first = item.performed_on or (item.procedure.opened_on)
    if on < first:
        message = _("That was before %(day)s.") % {"day": first}
        raise RuleBroken("before_duty", message, "on")


SOURCES = {
    Kind.MEDIATION: DutySource.AGREEMENT,
    Kind.CONFIRMATION: DutySource.AGREEMENT,
    Kind.RECONSIDERATION: DutySource.DECISION,
}


def source_of(procedure: Procedure) -> str:
    """What a duty of the procedure most likely follows from."""
    return SOURCES.get(Kind(procedure.kind), DutySource.JUDGMENT)

"""败诉原因分析: the agency writes it, the justice bureau reviews it, the agency rectifies."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.steps import locked_procedure
from cases.models import LossAnalysis, LossState
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from services.deadlines import actions as deadlines

WANTED, RECTIFY = "LOSS-ANALYSIS", "LOSS-RECTIFY"
"""Days that the bureau and the agency set themselves; no law counts them."""
S = LossState


@dataclass(frozen=True)
class LossWords:
    cause: str
    analysis: str
    lesson: str
    rectification: str
    rectify_by: date


@action
def want_analysis(
    loss_id: int, *, actor: Actor, at: datetime, by: date, version: int | None = None
) -> LossAnalysis:
    """The bureau names the day by which it wants the analysis.

    Raises PermissionDenied; RuleBroken "stale", "wrong_state", "past" (field by).
    """
    loss = _locked(loss_id)
    policy_for(LossAnalysis).require(actor, "review", loss)
    loss.require_version(version)
    _require_state(loss, S.OWED, S.RETURNED)
    today = timezone.localtime(at).date()
    if by < today:
        raise RuleBroken("past", _("This day is over; name one to come."), "by")
    loss.asked_by = by
    loss.store()
    _watch(loss, WANTED, actor=actor, since=today, due_on=by)
    record(actor, "cases.loss.wanted", loss, by=str(by))
    return loss


@action
def write_analysis(
    loss_id: int, *, actor: Actor, at: datetime, words: LossWords, version: int | None = None
) -> LossAnalysis:
    """The agency says why it lost, what it learns, what it puts right by when.

    Raises PermissionDenied; RuleBroken "stale", "wrong_state", "missing" (its field), "past"
    (field rectify_by).
    """
    loss = _locked(loss_id)
    policy_for(LossAnalysis).require(actor, "write", loss)
    loss.require_version(version)
    _require_state(loss, S.OWED, S.RETURNED, S.WRITTEN)
    today = timezone.localtime(at).date()
    for name in ("cause", "analysis", "lesson", "rectification"):
        value = getattr(words, name).strip()
        if not value:
            label = getattr(loss._meta.get_field(name), "verbose_name", name)
            message = _("“%(field)s” is missing.") % {"field": label}
            raise RuleBroken("missing", message, name)
        setattr(loss, name, value)
    if loss.procedure.closed_on and words.rectify_by < loss.procedure.closed_on:
        message = _("It cannot be due before the case was closed.")
        raise RuleBroken("past", message, "rectify_by")
    loss.rectify_by, loss.written_on, loss.state = words.rectify_by, today, S.WRITTEN
    loss.store()
    deadlines.meet(loss, WANTED, actor=actor, on=today)
    record(actor, "cases.loss.written", loss, cause=loss.cause)
    return loss


@action
def review_analysis(
    loss_id: int,
    *,
    actor: Actor,
    at: datetime,
    accepted: bool,
    remark: str = "",
    version: int | None = None,
) -> LossAnalysis:
    """The bureau accepts it, and the rectification runs; or sends it back with what lacks.

    Raises PermissionDenied; RuleBroken "stale", "wrong_state", "no_reason" (field remark).
    """
    loss = _locked(loss_id)
    policy_for(LossAnalysis).require(actor, "review", loss)
    loss.require_version(version)
    _require_state(loss, S.WRITTEN)
    if not accepted and not remark.strip():
        raise RuleBroken("no_reason", _("Say what is missing."), "remark")
    today = timezone.localtime(at).date()
    loss.remark = remark.strip()
    loss.state = S.ACCEPTED if accepted else S.RETURNED
    loss.accepted_on = today if accepted else None
    loss.store()
    if accepted and loss.rectify_by:
        since = min(today, loss.rectify_by)
        _watch(loss, RECTIFY, actor=actor, since=since, due_on=loss.rectify_by)
    record(actor, "cases.loss.reviewed", loss, accepted=accepted)
    return loss


@action
def rectified(
    loss_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    remark: str = "",
    version: int | None = None,
) -> LossAnalysis:
    """The bureau finds that what was announced is put right since `on`.

    Raises PermissionDenied; RuleBroken "stale", "wrong_state", "bad_day" (field on).
    """
    loss = _locked(loss_id)
    policy_for(LossAnalysis).require(actor, "review", loss)
    loss.require_version(version)
    _require_state(loss, S.ACCEPTED)
    closed = loss.procedure.closed_on or on
    if not closed <= on <= timezone.localtime(at).date():
        message = _("A day after the case was closed, and not in the future.")
        raise RuleBroken("bad_day", message, "on")
    loss.state, loss.rectified_on = S.RECTIFIED, on
    loss.remark = remark.strip() or loss.remark
    loss.store()
    deadlines.meet(loss, RECTIFY, actor=actor, on=on)
    record(actor, "cases.loss.rectified", loss, on=str(on))
    return loss


@action
def waive_analysis(
    loss_id: int, *, actor: Actor, at: datetime, remark: str, version: int | None = None
) -> LossAnalysis:
    """No analysis is needed any more: the judgment was overturned, say.

    Raises PermissionDenied; RuleBroken "stale", "wrong_state", "no_reason" (field remark).
    """
    loss = _locked(loss_id)
    policy_for(LossAnalysis).require(actor, "review", loss)
    loss.require_version(version)
    _require_state(loss, S.OWED, S.RETURNED, S.WRITTEN)
    if not remark.strip():
        raise RuleBroken("no_reason", _("Say why it is not needed."), "remark")
    loss.state, loss.remark = S.WAIVED, remark.strip()
    loss.store()
    deadlines.cancel(loss, WANTED, actor=actor, on=timezone.localtime(at).date())
    record(actor, "cases.loss.waived", loss, remark=loss.remark)
    return loss


def _locked(loss_id: int) -> LossAnalysis:
    found = LossAnalysis.objects.get(pk=loss_id)
    procedure = locked_procedure(found.procedure_id)
    rows = LossAnalysis.objects.select_related("organization")
    loss = rows.select_for_update(of=("self",)).get(pk=loss_id)
    loss.procedure = procedure
    return loss


def _require_state(loss: LossAnalysis, *wanted: str) -> None:
    if loss.state not in wanted:
        message = _("This cannot be done now: %(state)s.")
        raise RuleBroken("wrong_state", message % {"state": loss.get_state_display()})


def _watch(loss: LossAnalysis, rule: str, *, actor: Actor, since: date, due_on: date) -> None:
    dispute = loss.procedure.dispute
    deadlines.open_deadline(
        loss,
        rule,
        actor=actor,
        title=dispute.title,
        jurisdiction=dispute.jurisdiction,
        owed_by=loss.organization,
        trigger_on=since,
        due_on=due_on,
        mechanism=dispute.mechanism,
    )

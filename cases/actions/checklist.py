"""“八看”: the eight looks are taken, and decide on mediation or filing (WJ-62)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.steps import locked_dispute, take
from cases.models import Advised, Checklist, ChecklistLook, Dispute, Look, Looked, Procedure
from cases.models.checklist import COURTS_OWN, advice_of
from cases.policy.circle import may_record
from cases.policy.intake import checks, courts_of
from cases.states import Kind
from foundations.access.errors import RuleBroken
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members.models import Organization
from members.policy import works_for

ONWARD: dict[str, str] = {Advised.MEDIATION: "to_mediation", Advised.FILED: "to_suit"}
"""How the intake ends after a decision."""


@dataclass(frozen=True)
class ChecklistWords:
    """`looks`: verdict and remark by the name of the look. Without a decision the looks are
    only kept."""

    organization: Organization
    looks: Mapping[str, tuple[str, str]]
    decision: str = ""
    reason: str = ""


@action
def fill_checklist(
    dispute_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    words: ChecklistWords,
    version: int | None = None,
) -> Checklist:
    """Write the looks, and with a decision send the dispute on its way.

    A look that fails or wants more needs a remark. Filing and not filing is decided by a
    court alone. The intake, if it is open and the actor may close it, is closed as decided.
    Raises PermissionDenied; RuleBroken "stale", "decided", "future" (field on), "no_note"
    (field note_LOOK), "unlooked" and "against_looks" (field decision or reason).
    """
    dispute = locked_dispute(dispute_id)
    _require_may(actor, dispute, words)
    checklist = Checklist.objects.filter(dispute=dispute).first() or Checklist(dispute=dispute)
    checklist.require_version(version)
    _check(checklist, words, on, timezone.localtime(at).date())
    checklist.organization, checklist.checked_by = words.organization, actor
    checklist.decision, checklist.reason = words.decision, words.reason.strip()
    checklist.decided_on = on if words.decision else None
    checklist.store()
    _write_looks(checklist, words.looks)
    verdicts = {look: verdict for look, (verdict, _note) in words.looks.items()}
    record(actor, "cases.checklist.filled", dispute, decision=words.decision, looks=verdicts)
    if words.decision in ONWARD:
        _send_on(dispute, words, actor=actor, at=at, on=on)
    return checklist


def _require_may(actor: Actor, dispute: Dispute, words: ChecklistWords) -> None:
    if actor is None:
        return
    if not (checks(actor, dispute) and works_for(actor, words.organization)):
        raise PermissionDenied("check")
    if words.decision in COURTS_OWN and not courts_of(actor, dispute):
        raise PermissionDenied("file")


def _check(checklist: Checklist, words: ChecklistWords, on: date, today: date) -> None:
    if checklist.decision:
        raise RuleBroken("decided", _("It was decided already; the checklist stays as it was."))
    if on > today:
        message = _("This day is still to come; a record tells what has happened.")
        raise RuleBroken("future", message, "on")
    for look, (verdict, note) in words.looks.items():
        if verdict in (Looked.FAILS, Looked.WANTS) and not note.strip():
            message = _("Say what “%(look)s” lacks.") % {"look": Look(look).label}
            raise RuleBroken("no_note", message, f"note_{look}")
    if words.decision:
        _check_decision(words)


def _check_decision(words: ChecklistWords) -> None:
    missing = [look.label for look in Look if look not in words.looks]
    if missing:
        message = _("Look at all eight before it is decided; still open: %(looks)s.")
        named = {"looks": "、".join(str(label) for label in missing)}
        raise RuleBroken("unlooked", message % named, "decision")
    advice = advice_of([verdict for verdict, _note in words.looks.values()])
    against = words.decision != advice and words.decision != Advised.MEDIATION
    if against and not words.reason.strip():
        message = _("The looks speak for “%(advice)s”. Say why it is decided otherwise.")
        raise RuleBroken("against_looks", message % {"advice": advice.label}, "reason")


def _write_looks(checklist: Checklist, looks: Mapping[str, tuple[str, str]]) -> None:
    checklist.looks.all().delete()
    for look in Look:
        if look in looks:
            verdict, note = looks[look]
            row = ChecklistLook(checklist=checklist, look=look, verdict=verdict, note=note.strip())
            row.full_clean(exclude=["checklist"])
            row.save()


def _send_on(
    dispute: Dispute, words: ChecklistWords, *, actor: Actor, at: datetime, on: date
) -> None:
    intake: Procedure | None = dispute.procedures.filter(kind=Kind.INTAKE, closed_on=None).first()
    if intake is None or not may_record(actor, intake, intake.step("close")):
        return
    reason = words.reason.strip() or str(Advised(words.decision).label)
    given = {"mode": ONWARD[words.decision], "reason": reason}
    take(intake.pk, "close", actor=actor, at=at, on=on, given=given)

"""A reconsideration whose time to decide is over without a decision opens a right to sue."""

from datetime import date

from cases.actions.steps import locked_procedure
from cases.flow.guards import decision_overdue
from cases.models import Procedure
from cases.states import Kind, PartyRole
from foundations.audit.trail import action
from services.deadlines import actions as deadlines
from services.deadlines.models import Deadline

DECISION = ("FY-DEC", "FY-DEC-S")
SILENCE = ("FY-SUE-OD", "FY-SUE-PRE")


def open_rights_to_sue(*, on: date) -> int:
    """For every applicant who has waited in vain (行诉法 45, 复议法 34); how many
    reconsiderations. Safe to repeat."""
    waiting = Procedure.objects.filter(
        kind=Kind.RECONSIDERATION, accepted_on__isnull=False, closed_on=None
    ).order_by("pk")
    return sum(_open(pk, on=on) for pk in list(waiting.values_list("pk", flat=True)))


@action
def _open(procedure_id: int, *, on: date) -> bool:
    procedure = locked_procedure(procedure_id)
    limit = Deadline.objects.about(procedure).filter(rule__in=DECISION).order_by("pk").last()
    if limit is None or not procedure.is_open or not decision_overdue(procedure, on):
        return False
    rule = SILENCE[bool(procedure.dispute.reconsideration_first)]
    opened = False
    for part in procedure.participants.filter(role=PartyRole.APPLICANT):
        known = Deadline.objects.about(part).filter(rule=rule, trigger_on=limit.due_on)
        if known.exists():
            continue
        opened = True
        deadlines.open_by_rule(
            part,
            rule,
            actor=None,
            title=f"{procedure.dispute.title}（{part.get_role_display()} {part}）",
            jurisdiction=procedure.dispute.jurisdiction,
            owed_by=procedure.organ,
            trigger_on=limit.due_on,
            mechanism=procedure.dispute.mechanism,
            window=True,
        )
    return opened

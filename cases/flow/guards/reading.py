"""What the guards read of a procedure."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cases.models import Participant, Procedure
from members.models import Organization
from services.deadlines.models import Deadline, DeadlineState
from services.deadlines.reckoning import Case, answer

Given = Mapping[str, Any]


def decision_overdue(reconsideration: Procedure, on: date) -> bool:
    """Has the time to decide ended without a decision (行诉法 45)?"""
    limits = Deadline.objects.about(reconsideration).filter(
        rule__in=("FY-DEC", "FY-DEC-S"), state=DeadlineState.OPEN
    )
    return limits.filter(due_on__lt=on).exists()


def last_day(rule: str, trigger_on: date, procedure: Procedure) -> date | None:
    calendar = procedure.dispute.jurisdiction.calendar
    reckoning = answer(rule, Case(trigger_on), calendar=calendar).reckoning
    return reckoning.due_on if reckoning else None


def said(given: Given) -> bool:
    """Was a reason given for what is not usual?"""
    return bool(str(given.get("reason") or "").strip())


def claimants(procedure: Procedure) -> list[Participant]:
    return list(procedure.participants.claimants())


def agencies(procedure: Procedure) -> list[Organization]:
    rows = procedure.participants.agencies().select_related("organization")
    return [one.organization for one in rows if one.organization]

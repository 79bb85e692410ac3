"""What the guards read of a procedure."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cases.models import Participant, Procedure
from foundations.access.rows import Record
from members.models import Organization
from services.deadlines.models import Deadline, DeadlineState
from services.deadlines.reckoning import Case, answer

Given = Mapping[str, Any]


def limits_about(subject: Record) -> Any:
    """The limits of a procedure or participant; of one that is not written yet, those that
    it is going to have."""
    held = subject.__dict__.get("held_limits")
    return Deadline.objects.about(subject) if held is None else held


def decision_overdue(reconsideration: Procedure, on: date) -> bool:
    """Has the time to decide ended without a decision (行诉法 45)?"""
    limits = limits_about(reconsideration).filter(
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

"""By when a hearing is told, and to whom: the backwards rules of the law."""

from datetime import date

from cases.models import Procedure
from cases.states import Kind, Track
from services.deadlines.reckoning import Case, answer

LITIGATION = frozenset({Kind.FIRST_INSTANCE, Kind.SECOND_INSTANCE, Kind.RETRIAL})
CALL_RULE = "XS-CT"
"""The notice to appear reaches the agency three days before (法释〔2020〕3号 art. 5)."""


def in_court(procedure: Procedure) -> bool:
    return procedure.kind in LITIGATION


def notice_rule(procedure: Procedure) -> str:
    """The rule by which the parties are told: five working days before a hearing in
    reconsideration (复议法 51), three days before one in court (解释 71); "" in the
    simplified procedure, where any simple way and time will do (103)."""
    if procedure.kind == Kind.RECONSIDERATION:
        return "FY-HEAR"
    return "" if procedure.track == Track.SIMPLIFIED else "XS-CP"


def last_notice_day(procedure: Procedure, on: date) -> date | None:
    """The last day on which the parties can be told in time of a hearing on `on`."""
    rule = notice_rule(procedure)
    if not rule:
        return None
    case = Case(trigger_on=on, law_of=procedure.accepted_on)
    calendar = procedure.dispute.jurisdiction.calendar
    reckoning = answer(rule, case, calendar=calendar).reckoning
    return reckoning.due_on if reckoning else None

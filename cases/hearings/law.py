"""By when a hearing is told, and to whom: the backwards rules of the law."""

from datetime import date

from cases.models import Procedure
from cases.states import Kind, Track
from services.deadlines.reckoning import Answer, Case, answer

LITIGATION = frozenset({Kind.FIRST_INSTANCE, Kind.SECOND_INSTANCE, Kind.RETRIAL})
CALL_RULE = "XS-CT"
"""The notice to appear reaches the agency three days before (法释〔2020〕3号 art. 5)."""


def in_court(procedure: Procedure) -> bool:
    return procedure.kind in LITIGATION


def notice_rule(procedure: Procedure) -> str:
    """The rule by which the parties are told: five working days before a hearing in
    reconsideration (复议法 51), three days before one of the ordinary procedure of a first
    instance (解释 71), in which a first judgment is tried anew as well; "" where the law
    names no time, as in the simplified procedure (103)."""
    if procedure.kind == Kind.RECONSIDERATION:
        return "FY-HEAR"
    simplified = procedure.track == Track.SIMPLIFIED
    first = procedure.kind == Kind.FIRST_INSTANCE and not simplified
    anew = procedure.kind == Kind.RETRIAL and procedure.fact("instance") == "first"
    return "XS-CP" if first or anew else ""


def last_notice_day(procedure: Procedure, on: date) -> date | None:
    """The last day on which the parties can be told in time of a hearing on `on`."""
    found = notice_of(procedure, on)
    return found.reckoning.due_on if found and found.reckoning else None


def notice_of(procedure: Procedure, on: date) -> Answer | None:
    """The same as it is counted, with the working day by which an office tells them where the
    last day is a rest day: a day counted backwards never rolls forward (C14)."""
    rule = notice_rule(procedure)
    if not rule:
        return None
    case = Case(trigger_on=on, law_of=procedure.accepted_on)
    calendar = procedure.dispute.jurisdiction.calendar
    return answer(rule, case, calendar=calendar)

"""The last days of what parties may do once a procedure is closed: sue, appeal, ask for a
retrial."""

from collections.abc import Iterable
from datetime import date

from cases.flow.table import Clock
from cases.models import Procedure
from cases.tallies.story import Chapter, Window
from foundations.access.errors import RuleBroken
from members.models import Jurisdiction
from services.deadlines.reckoning import Case, answer

SUE = ("FY-SUE", "FY-SUE-PRE")
APPEAL = ("XS-APP-J", "XS-APP-R")
RETRIAL = "XS-RE"
RULES = (*SUE, *APPEAL, RETRIAL)
SERVING = "serve"
"""The step of the table that opens the rights against what was decided."""


def sue_by(chapter: Chapter) -> date | None:
    """The last day to sue after a reconsideration: the latest of the rights that were opened
    when it was served, in whatever state. Without any, counted from the closing, where the
    mode gives a right to sue."""
    return _last(chapter, SUE)


def appeal_by(chapter: Chapter) -> date | None:
    """The same of a first instance; only what can be appealed against has one, so that the
    window after a ruling on jurisdiction is none."""
    return _last(chapter, APPEAL)


def retrial_by(chapter: Chapter) -> date | None:
    """The last day to ask for a retrial: of the right opened when the judgment took effect;
    without any, counted from that day."""
    effective = chapter.procedure.effective_on
    if effective is None:
        return None
    opened = [one.due_on for one in chapter.windows if one.rule == RETRIAL]
    return max(opened) if opened else _counted(chapter.procedure, RETRIAL, effective)


def _last(chapter: Chapter, rules: tuple[str, ...]) -> date | None:
    procedure = chapter.procedure
    rule = right_of(procedure, rules)
    if rule is None or procedure.closed_on is None:
        return None
    opened = _since(chapter.windows, rules, procedure.closed_on)
    return max(opened) if opened else _counted(procedure, rule, procedure.closed_on)


def _since(windows: Iterable[Window], rules: tuple[str, ...], closed_on: date) -> list[date]:
    return [one.due_on for one in windows if one.rule in rules and one.trigger_on >= closed_on]


def right_of(procedure: Procedure, rules: tuple[str, ...]) -> str | None:
    """Which of the rules gives a right against the way in which the procedure was closed."""
    serving = procedure.table.steps.get(SERVING)
    if serving is None or not procedure.mode:
        return None
    clocks = (clock for clock in serving.opens if clock.rule in rules)
    return next((clock.rule for clock in clocks if _fits(clock, procedure)), None)


def _fits(clock: Clock, procedure: Procedure) -> bool:
    """As `cases.actions.clocks.applies`, of a procedure that is closed."""
    first = bool(procedure.dispute.reconsideration_first)
    if clock.conditions.get("reconsideration_first", first) != first:
        return False
    if clock.judgments:
        outcome = procedure.outcome
        return outcome is not None and outcome.judgment
    if clock.modes:
        return procedure.mode in clock.modes
    return procedure.mode not in clock.modes_not


def _counted(procedure: Procedure, rule: str, on: date) -> date | None:
    """By the law's own rule; None for days that no text reaches."""
    place: Jurisdiction = procedure.dispute.jurisdiction
    case = Case(on, law_of=procedure.accepted_on)
    try:
        found = answer(rule, case, calendar=place.calendar).reckoning
    except RuleBroken:
        return None
    return found.due_on if found else None

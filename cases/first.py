"""复议前置: for which ground reconsideration comes first (M4), and what periods run meanwhile."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from cases.dictionaries import Ground, act_kind, grounds
from cases.models import Dispute
from foundations.access.errors import RuleBroken
from services.deadlines.overrides import override_of
from services.deadlines.reckoning import Case, answer
from services.deadlines.rules import Rule

SINCE = date(2024, 1, 1)
"""The day on which article 23 of the revised 行政复议法 took effect; an earlier dispute is
left to who knows the older text."""
ANY_KIND = ("resources", "other_law")
"""Grounds that may be met by an act of every kind."""
PERIODS = ("FY-APPLY", "XS-SUE")


def ground_for(kind: str, ticked: Collection[str], on: date) -> Ground | None:
    """The ground that the kind of act and the answers given speak for; None for none."""
    if on < SINCE:
        return None
    own = act_kind(kind).first
    for ground in grounds().values():
        asked = ground.key == own or ground.key in ANY_KIND
        if asked and (ground.certain or ground.key in ticked):
            return ground
    return None


@dataclass(frozen=True)
class Period:
    """A period of the party: what it may do, until when, and whether that day is past."""

    rule: Rule
    due_on: date
    passed: bool

    @property
    def missed(self) -> bool:
        """Is a right over? That a wait is over is none."""
        return self.passed and not self.rule.waits

    @property
    def basis(self) -> str:
        return "、".join(self.rule.basis)


def periods_of(dispute: Dispute, on: date) -> list[Period]:
    """To apply and to sue, counted from the day on which the party knew; advice, no limit.

    Against an agency that did not act: the wait from the day on which it received what it
    was asked for (`act_on`), and the time to sue after that. Empty where the day is not known.
    """
    if act_kind(dispute.act_kind).inaction:
        wait = _period(dispute, "XS-BZW", dispute.act_on, on)
        found = [wait, _period(dispute, "XS-BZW-B", wait.due_on if wait else None, on)]
    else:
        found = [_period(dispute, key, dispute.known_on, on) for key in PERIODS]
    return [one for one in found if one is not None]


def _period(dispute: Dispute, key: str, trigger: date | None, on: date) -> Period | None:
    if trigger is None:
        return None
    mechanism = dispute.mechanism
    override = override_of(mechanism, key, on) if mechanism else None
    calendar = dispute.jurisdiction.calendar
    try:
        told = answer(key, Case(trigger), calendar=calendar, override=override)
    except RuleBroken:
        return None
    if told.reckoning is None:
        return None
    return Period(told.rule, told.reckoning.due_on, told.reckoning.due_on < on)

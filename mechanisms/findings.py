"""What the records say of a clause on a day, and how they are weighed; pure but for labels.

Only dated facts count: what a record shows on `on` is what had happened by that day
(inclusive), as far as it is known now.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from foundations.calendars.periods import add_months
from foundations.calendars.terms import Per, Term
from mechanisms.models import Mechanism, Provision
from mechanisms.states import ComplianceState, Modal
from members.models import Jurisdiction

T = TypeVar("T")
SOON = timedelta(days=7)
EVIDENCE_SHOWN = 20


@dataclass(frozen=True)
class Clause:
    """A provision on a day: what an evaluator is asked about.

    `answers` are shared by the clauses that are judged together.
    """

    mechanism: Mechanism
    provision: Provision
    on: date
    answers: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, question: Hashable, ask: Callable[[], T]) -> T:
        """What several clauses of one institution ask alike on a day is asked once."""
        if question not in self.answers:
            self.answers[question] = ask()
        found: T = self.answers[question]
        return found

    @property
    def parameters(self) -> dict:
        return self.provision.parameters

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.mechanism.jurisdiction

    @property
    def may(self) -> bool:
        """Does the clause allow rather than bind?"""
        return self.provision.modal == Modal.MAY

    @cached_property
    def since(self) -> date:
        """The first day of the year that ends on the day, not before the text took effect."""
        first = add_months(self.on, -12) + timedelta(days=1)
        return max(first, self.provision.version.effective_from)


@dataclass(frozen=True)
class Evidence:
    """A record that speaks for a state; shown only to whom its own policy shows it."""

    record: Model
    label: str
    on: date


@dataclass(frozen=True)
class Finding:
    """The state of a clause, the sentence beside it, and the records that prove it.

    `said` is read by every party: it names matters, not records that have readers of
    their own, and counts none of them. `next_on` is the next day on which something is
    due (inclusive). `period` is how often the clause asks: 每 2 个月, 每次会议, 常年.
    """

    state: ComplianceState
    said: str
    evidence: tuple[Evidence, ...] = ()
    next_on: date | None = None
    period: str = ""

    def __post_init__(self) -> None:
        proven = {ComplianceState.KEPT, ComplianceState.ATTESTED}
        if self.state in proven and not self.evidence:
            raise ValueError(f"{self.state} without evidence: {self.said}")


@dataclass(frozen=True)
class Occasion:
    """Once that a clause asked for something: from `on`, due by `due_on` (inclusive; None
    where the text sets no day), done on `done_on` (None while it is not)."""

    record: Model
    label: str
    on: date
    due_on: date | None = None
    done_on: date | None = None

    def done_by(self, day: date) -> bool:
        return self.done_on is not None and self.done_on <= day

    @property
    def evidence(self) -> Evidence:
        return Evidence(self.record, self.label, self.done_on or self.on)


@dataclass(frozen=True)
class Words:
    """What is said of a clause: where it was kept, where something is missing, where it
    was not called for."""

    kept: str
    missing: str
    idle: str = ""
    period: str = ""

    @property
    def nothing(self) -> str:
        return self.idle or _("No occasion for it within a year.")


def weigh_occasions(clause: Clause, found: Iterable[Occasion], words: Words) -> Finding:
    """A duty that arises with occasions: each of them must have been answered in time.

    Broken while one is overdue; due soon while one is due within a week; kept when the
    last year has one that was answered; not yet due while all of them run; without any,
    the clause does not apply so far. Occasions after the day are left out.
    """
    known = [one for one in found if one.on <= clause.on]
    open_ones = [one for one in known if not one.done_by(clause.on)]
    overdue = [one for one in open_ones if one.due_on and one.due_on < clause.on]
    days = sorted(one.due_on for one in open_ones if one.due_on and one.due_on >= clause.on)
    done = [one for one in known if one.done_by(clause.on) and _recent(one, clause)]
    if overdue:
        return _finding(ComplianceState.BROKEN, words.missing, overdue, overdue[0].due_on, words)
    if days and days[0] <= clause.on + SOON:
        return _finding(ComplianceState.DUE_SOON, words.missing, open_ones, days[0], words)
    next_on = days[0] if days else None
    if done:
        return _finding(ComplianceState.KEPT, words.kept, done, next_on, words)
    if open_ones:
        said = _("Under way.")
        return _finding(ComplianceState.NOT_YET_DUE, said, open_ones, next_on, words)
    return _finding(ComplianceState.NOT_APPLICABLE, words.nothing, [], None, words)


def weigh_use(clause: Clause, found: Iterable[Occasion], words: Words) -> Finding:
    """A power, or a duty "as needed": kept once used within a year, never broken.

    Unused, a power is not applicable, and a duty is not yet due.
    """
    used = [one for one in found if one.on <= clause.on and _recent(one, clause)]
    if used:
        return _finding(ComplianceState.KEPT, words.kept, used, None, words)
    idle = ComplianceState.NOT_APPLICABLE if clause.may else ComplianceState.NOT_YET_DUE
    return _finding(idle, words.nothing, [], None, words)


def weigh_standing(
    clause: Clause, present: Iterable[Evidence], whole: bool, words: Words
) -> Finding:
    """What has to be there on every day: a roster, a secretariat, a liaison officer."""
    shown = tuple(present)
    kept = whole and shown
    state = ComplianceState.KEPT if kept else ComplianceState.BROKEN
    said = words.kept if kept else words.missing
    return Finding(state, said, shown[:EVIDENCE_SHOWN], period=words.period or _("At all times"))


def weigh_count(clause: Clause, done: Iterable[Evidence], words: Words) -> Finding:
    """At least so many within each term: the parameter `times` of the clause, else once a year.

    Kept once the term in which the day lies has as many; broken while it has not and the
    term before, if the text was in force all through it, fell short; else not yet due, and
    due soon in the last week of the term.
    """
    times = clause.parameters.get("times", {"count": 1, "per": Per.YEAR})
    term = Term.around(Per(times["per"]), clause.on)
    facts = [one for one in done if one.on <= clause.on]
    now = [one for one in facts if term.first_on <= one.on]
    earlier = [one for one in facts if term.before.first_on <= one.on <= term.before.last_on]
    was_bound = clause.provision.version.effective_from <= term.before.first_on
    if len(now) >= times["count"]:
        return Finding(ComplianceState.KEPT, words.kept, _newest(now), None, words.period)
    state = ComplianceState.NOT_YET_DUE
    if was_bound and len(earlier) < times["count"]:
        state = ComplianceState.BROKEN
    elif term.last_on - clause.on <= SOON:
        state = ComplianceState.DUE_SOON
    return Finding(state, words.missing, _newest(now or earlier), term.last_on, words.period)


def _recent(occasion: Occasion, clause: Clause) -> bool:
    return (occasion.done_on or occasion.on) >= clause.since


def _finding(
    state: ComplianceState, said: str, of: list[Occasion], next_on: date | None, words: Words
) -> Finding:
    return Finding(state, said, _newest(one.evidence for one in of), next_on, words.period)


def _newest(of: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(of, key=lambda one: one.on, reverse=True)[:EVIDENCE_SHOWN])

"""What came after a procedure within its dispute: suits, appeals, retrials, petitions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cases.models import Procedure
from cases.states import Kind
from cases.tallies.story import Story

FIRST_REMEDIES = (Kind.RECONSIDERATION, Kind.FIRST_INSTANCE)
MOVED = ("transferred",)
"""Modes by which a case goes to another organ: recorded, not counted (I5)."""
UPHOLDS = ("upheld_judgment", "upheld_ruling", "appeal_withdrawn", "deemed_withdrawn")
"""An appeal that ends like this leaves the first judgment as it is."""
SENDS_BACK = ("remanded", "ordered_trial")
"""One that ends like this leaves none: the first instance begins again."""


@dataclass(frozen=True)
class Final:
    """The result of a suit that took effect."""

    on: date
    against: bool
    judged: bool


def first_remedy(story: Story) -> Procedure | None:
    """The accepted reconsideration or suit before which there was none; where one was moved
    to another organ, that organ's."""
    rows = story.of(*FIRST_REMEDIES)
    taken = [row for row in rows if row.accepted_on and row.mode not in MOVED]
    return min(taken, key=lambda row: (row.accepted_on, row.opened_on, row.pk), default=None)


def is_after(suit: Procedure, story: Story) -> bool:
    """Was a reconsideration of the dispute accepted before the suit was brought?"""
    taken = (row.accepted_on for row in story.of(Kind.RECONSIDERATION))
    return any(day is not None and day <= suit.opened_on for day in taken)


def sued_on(reconsideration: Procedure, story: Story) -> date | None:
    """The day of the first suit that the court accepted on or after the closing. A suit
    follows the last reconsideration that was closed by then, and no earlier one."""
    closed_on = reconsideration.closed_on
    suits = (
        suit
        for suit in story.of(Kind.FIRST_INSTANCE)
        if _challenged(suit, story) is reconsideration
    )
    days = (max(suit.opened_on, closed_on) for suit in suits if closed_on)
    return min(days, default=None)


def _challenged(suit: Procedure, story: Story) -> Procedure | None:
    filed = suit.accepted_on
    closed = [
        row
        for row in story.of(Kind.RECONSIDERATION)
        if row.closed_on and filed and row.closed_on <= filed
    ]
    return max(closed, key=lambda row: (row.closed_on, row.pk), default=None)


def appealed_on(first: Procedure, story: Story) -> date | None:
    """The day on which somebody appealed; where no appeal is recorded, on which the second
    instance that follows was opened."""
    return min(_appeals(first, story), default=None) or min(
        (row.opened_on for row in story.followed_by(first, Kind.SECOND_INSTANCE)), default=None
    )


def _appeals(first: Procedure, story: Story) -> Iterable[date]:
    steps = story.chapters[first.pk].steps
    return (one.on for one in steps if one.step == "appeal")


def retrial_on(procedure: Procedure, story: Story) -> date | None:
    """The day of the first request for a retrial of this judgment, or of the appeals against
    it. A request is against the judgment that it is linked to, else against the last that had
    taken effect by then."""
    own = [procedure, *story.followed_by(procedure, Kind.SECOND_INSTANCE)]
    requests = story.of(Kind.RETRIAL_REVIEW)
    days = (row.opened_on for row in requests if _contested(row, story) in own)
    return min(days, default=None)


def _contested(request: Procedure, story: Story) -> Procedure | None:
    judged = story.of(Kind.FIRST_INSTANCE, Kind.SECOND_INSTANCE)
    linked = story.chapters[request.pk].earlier
    for row in judged:
        if row.pk in linked:
            return row
    days = {row: row.effective_on for row in judged if row.effective_on}
    known = [row for row, on in days.items() if on <= request.opened_on]
    return max(known, key=lambda row: (days[row], row.opened_on, row.pk), default=None)


def decisive(procedure: Procedure, story: Story) -> Procedure | None:
    """Which procedure's result takes effect: of a first instance that was appealed against the
    last appeal; None if that sent it back. Every other one's is its own."""
    if procedure.kind != Kind.FIRST_INSTANCE:
        return procedure
    appeals = story.followed_by(procedure, Kind.SECOND_INSTANCE)
    last = appeals[-1] if appeals else procedure
    return None if last.mode in SENDS_BACK else last


def final(first: Procedure, story: Story) -> Final | None:
    """What took effect: the result of the first instance, or that of its last appeal.

    None while it is open, or may still be appealed against, and where the appeal sent it
    back. What nobody can appeal against is final when it is closed; an appeal from when its
    judgment took effect, or, as long as that is not recorded, was given.
    """
    judged, outcome = decisive(first, story), first.outcome
    if judged is None or outcome is None:
        return None
    final_at_once = judged is not first or not (outcome.judgment or outcome.appeal)
    on = judged.effective_on or (judged.closed_on if final_at_once else None)
    if on is None:
        return None
    own = judged.outcome
    if own is None or judged is first or judged.mode in UPHOLDS:
        return Final(on, outcome.against, outcome.judgment)
    return Final(on, bool(judged.fact("against_agency")), own.judgment)


def unrest_on(procedure: Procedure, story: Story) -> date | None:
    """The first appeal, request for a retrial or petition in the dispute on or after the day
    of the closing. Petitions are those that follow-up visits found."""
    closed_on = procedure.closed_on
    if closed_on is None:
        return None
    later = story.of(Kind.SECOND_INSTANCE, Kind.RETRIAL_REVIEW)
    days = [row.opened_on for row in later if row.pk != procedure.pk]
    for first in story.of(Kind.FIRST_INSTANCE):
        days += _appeals(first, story)
    for chapter in story.chapters.values():
        days += chapter.petitioned
    return min((day for day in days if day >= closed_on), default=None)

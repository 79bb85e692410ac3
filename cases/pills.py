"""How the state of a procedure and of a dispute is shown: kind, icon, words."""

from cases.flow.table import table_of
from cases.models import Dispute, Procedure
from cases.states import Standing

Pill = tuple[str, str, str]
GOES_ON = ("open", "arrow-right-circle")
STANDS_STILL = ("draft", "pause-circle")
DONE = ("done", "check-circle-fill")
CAME_TO_NOTHING = ("void", "slash-circle")
ELSEWHERE = ("wait", "arrow-right-circle")
AFTERWARDS = ("wait", "hourglass-split")
STILL = {"suspended", "appraising", "supplementing"}


def pill_of(procedure: Procedure) -> Pill:
    """Open ones by their state, closed ones by what they came to."""
    outcome = procedure.outcome
    if outcome is None:
        kind, icon = STANDS_STILL if procedure.state in STILL else GOES_ON
        return kind, icon, procedure.standing.name
    if procedure.state == "following":
        return (*AFTERWARDS, outcome.name)
    kind, icon = CAME_TO_NOTHING if outcome.onward else DONE
    return kind, icon, outcome.name


def pill_of_dispute(dispute: Dispute) -> Pill:
    """By the columns that lists read: 二审审理, 待履行回访, 已结."""
    if dispute.standing == Standing.CLOSED:
        return (*DONE, dispute.get_standing_display())
    if dispute.standing == Standing.ONWARD:
        return (*ELSEWHERE, dispute.get_standing_display())
    table = table_of(dispute.kind)
    name = table.states[dispute.state].name
    words = name if name.startswith(table.name) else f"{table.name}：{name}"
    if dispute.standing == Standing.AFTERMATH:
        return (*AFTERWARDS, words)
    kind, icon = STANDS_STILL if dispute.state in STILL else GOES_ON
    return kind, icon, words

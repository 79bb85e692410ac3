"""What the paper is called by which an organ closed a procedure."""

from cases.models import Procedure
from cases.states import Kind

DECISION = "行政复议决定书"
RECONSIDERED: dict[str, str] = {
    "mediated": "行政复议调解书",
    "application_dismissed": "驳回行政复议申请决定书",
    "not_accepted": "不予受理决定书",
}
RULED = (Kind.NON_LITIGATION,)
COMPENSATION = "行赔"


def closing_paper(procedure: Procedure) -> str:
    """行政复议决定书, 行政判决书 …; "" while it is open, and where no paper is certain."""
    outcome = procedure.outcome
    if outcome is None:
        return ""
    if procedure.kind == Kind.RECONSIDERATION:
        ended = procedure.mode.startswith("ended_")
        usual = "行政复议终止决定书" if ended else DECISION
        return RECONSIDERED.get(procedure.mode, usual)
    name = "行政赔偿" if COMPENSATION in procedure.number else "行政"
    if outcome.judgment:
        return f"{name}判决书"
    if outcome.ruling or (procedure.kind in RULED and procedure.mode != "withdrawn"):
        return f"{name}裁定书"
    return f"{name}调解书" if procedure.mode == "mediated" else ""

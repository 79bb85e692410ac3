"""The papers of disputes: their kinds, and the plain dictionaries that they are printed of."""

from cases.papers import (
    agreement,
    collected,
    confirmation,
    consents,
    explanation,
    hearing_notice,
    loss,
    plan,
    receipt,
    referrals,
    risk,
    visit,
)
from cases.papers.paper import Paper, dispute_of, procedure_of

# Each part adds its line; the order here is the order on the page.
PAPERS: dict[str, Paper] = {
    paper.kind: paper
    for paper in (
        *hearing_notice.PAPERS,
        *plan.PAPERS,
        *agreement.PAPERS,
        *explanation.PAPERS,
        *consents.PAPERS,
        *referrals.PAPERS,
        *confirmation.PAPERS,
        *receipt.PAPERS,
        *visit.PAPERS,
        *risk.PAPERS,
        *loss.PAPERS,
        *collected.PAPERS,
    )
}

__all__ = ["PAPERS", "Paper", "dispute_of", "procedure_of"]

"""The papers of disputes: their kinds, and the plain dictionaries that they are printed of."""

from cases.papers import agreement, explanation, hearing_notice, plan
from cases.papers.paper import Paper, dispute_of, procedure_of

# Each part adds its line; the order here is the order on the page.
PAPERS: dict[str, Paper] = {
    paper.kind: paper
    for paper in (
        *hearing_notice.PAPERS,
        *plan.PAPERS,
        *agreement.PAPERS,
        *explanation.PAPERS,
    )
}

__all__ = ["PAPERS", "Paper", "dispute_of", "procedure_of"]

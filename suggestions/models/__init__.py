"""Letters, their addressees, and what is done about them."""

from suggestions.models.addressees import (
    Addressee,
    ExtensionRequest,
    Measure,
    Position,
    Reply,
    Verification,
)
from suggestions.models.letters import Access, CaseLink, Copy, Problem, Suggestion
from suggestions.models.reports import Report
from suggestions.models.supervision import Proposal, Supervision

__all__ = [
    "Access",
    "Addressee",
    "CaseLink",
    "Copy",
    "ExtensionRequest",
    "Measure",
    "Position",
    "Problem",
    "Proposal",
    "Reply",
    "Report",
    "Suggestion",
    "Supervision",
    "Verification",
]

"""Pages of one form each on what belongs to a dispute."""

from dataclasses import dataclass
from typing import Any

from cases.models import Dispute
from cases.papers.paper import dispute_of
from foundations.access import acts
from foundations.access.acts import page

__all__ = ["Act", "page"]


@dataclass(frozen=True)
class Act(acts.Act):
    """`tab` is where on the page of its dispute the record stands."""

    left: str = "cases:list"
    tab: str = ""

    def address(self, row: Any) -> str:
        if not self.tab:
            return super().address(row)
        dispute = row if isinstance(row, Dispute) else row.dispute
        return f"{dispute.get_absolute_url()}?tab={self.tab}"

    def about(self, row: Any) -> str:
        """The dispute, and what of it, where that says more."""
        dispute, named = dispute_of(row), str(row)
        if dispute is None or dispute == row or dispute.title in named:
            return named
        return f"{dispute.title} · {named}"

"""What each side owes the other to know, and what it told."""

from bulletins.models.obligations import Instalment, InstalmentState, Obligation, YearPlan

__all__ = ["Instalment", "InstalmentState", "Obligation", "YearPlan"]

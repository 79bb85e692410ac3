"""What each side owes the other to know, and what it told."""

from bulletins.models.bulletins import (
    Bulletin,
    Circulation,
    Comment,
    Covered,
    FigureTable,
)
from bulletins.models.counts import CountNote
from bulletins.models.library import (
    Favourite,
    LibraryEntry,
    LibraryItem,
    LibraryKind,
    LibraryState,
    LibraryVisit,
)
from bulletins.models.obligations import Instalment, InstalmentState, Obligation, YearPlan
from bulletins.models.packages import QuarterPackage
from bulletins.models.white_papers import WhitePaper, WhitePaperState

__all__ = [
    "Bulletin",
    "Circulation",
    "Comment",
    "CountNote",
    "Covered",
    "Favourite",
    "FigureTable",
    "Instalment",
    "InstalmentState",
    "LibraryEntry",
    "LibraryItem",
    "LibraryKind",
    "LibraryState",
    "LibraryVisit",
    "Obligation",
    "QuarterPackage",
    "WhitePaper",
    "WhitePaperState",
    "YearPlan",
]
